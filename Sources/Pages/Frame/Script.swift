/// What a script adds: the language changes at once, and a file can be dropped on its field.
///
/// Every page works without it. It sends nothing anywhere.
enum Script {
    static let text = """
        "use strict";
        const language = document.getElementById("lang");
        if (language) language.addEventListener("change", () => language.form.submit());
        const file = document.querySelector("input[type=file]");
        if (file) {
          const zone = file.closest(".drop");
          for (const name of ["dragenter", "dragover"])
            zone.addEventListener(name, (event) => {
              event.preventDefault();
              zone.classList.add("over");
            });
          for (const name of ["dragleave", "drop"])
            zone.addEventListener(name, () => zone.classList.remove("over"));
          zone.addEventListener("drop", (event) => {
            event.preventDefault();
            if (event.dataTransfer.files.length) file.files = event.dataTransfer.files;
          });
        }

        """
}
