/** Opens a bot's chat and sends it this code with the first tap. `code`: [A-Za-z0-9_-], at most 64. */
export const telegramLink = (username: string, code: string): string => `https://t.me/${username}?start=${code}`
