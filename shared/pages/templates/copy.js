for (const button of document.querySelectorAll(".copies")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(".copy").textContent.trim());
    button.nextElementSibling.hidden = false;
  });
}
