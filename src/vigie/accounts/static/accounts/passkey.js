// allauth tells a passkey's refusal by this event alone: say it on the page.
document.addEventListener("allauth.error", (event) => {
  const refused = document.querySelector("[data-refused]")
  if (!refused) return
  event.preventDefault()
  refused.hidden = false
})
// A button that only a script can serve is shown by one.
document.addEventListener("DOMContentLoaded", () => {
  if (!window.PublicKeyCredential) return
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = false
})
