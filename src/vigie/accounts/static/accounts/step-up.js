// Signing with a passkey: the browser hands the page's question to it and the form carries the answer. Without script,
// or without a passkey, the fields below the button do the same.
document.addEventListener("DOMContentLoaded", () => {
  for (const block of document.querySelectorAll("[data-step-up]")) {
    const button = block.querySelector("button[data-passkey]")
    if (!button || !window.PublicKeyCredential) continue
    const form = block.closest("form")
    const asked = JSON.parse(block.querySelector("script[type='application/json']").textContent)
    const words = block.querySelector("details")
    const refused = block.querySelector("[data-refused]")
    button.hidden = false
    if (words) words.open = false
    button.addEventListener("click", async (event) => {
      event.preventDefault()
      refused.hidden = true
      if (!form.reportValidity()) return
      try {
        const answer = await window.webauthnJSON.get(asked.request_options)
        form.elements.credential.value = JSON.stringify(answer)
        form.submit()
      } catch {
        refused.hidden = false
        if (words) words.open = true
      }
    })
  }
})
