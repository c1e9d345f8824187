import { playAll } from './play-all.js'

// By the protocol of Telegram’s Bot API.
playAll('buttons')
