-- CreateIndex
CREATE INDEX "consent_text_version_idx" ON "consent"("text_version");
