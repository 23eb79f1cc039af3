/// What a script adds: the language changes at once, a file can be dropped on its field, and a
/// code can be held before a camera.
///
/// Every page works without it. It sends nothing but a camera's frames, and those to this node
/// alone, one after the other, until one has a code that reads.
enum Script {
    static let text = """
        "use strict";
        const language = document.getElementById("lang");
        if (language && !language.hasAttribute("aria-describedby"))
          language.addEventListener("change", () => language.form.submit());
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
        const camera = document.getElementById("camera");
        if (camera && navigator.mediaDevices) {
          const [button, video, status] = camera.children;
          const start = button.textContent;
          let stream = null;
          const stop = (message) => {
            for (const track of stream ? stream.getTracks() : []) track.stop();
            stream = null;
            video.hidden = true;
            button.textContent = start;
            status.textContent = message;
          };
          const frame = () => new Promise((done) => {
            const canvas = document.createElement("canvas");
            canvas.width = video.videoWidth;
            canvas.height = video.videoHeight;
            canvas.getContext("2d").drawImage(video, 0, 0);
            canvas.toBlob(done, "image/jpeg", 0.9);
          });
          const look = async () => {
            while (stream) {
              const answer = await fetch("/code", {method: "POST", body: await frame()});
              if (answer.ok) {
                document.getElementById("text").value = (await answer.json()).text;
                stop(status.dataset.found);
                return;
              }
              await new Promise((done) => setTimeout(done, 400));
            }
          };
          button.addEventListener("click", async () => {
            if (stream) return stop("");
            try {
              stream = await navigator.mediaDevices.getUserMedia(
                {video: {facingMode: "environment", width: {ideal: 1920}}});
              video.srcObject = stream;
              video.hidden = false;
              await video.play();
              button.textContent = button.dataset.stop;
              status.textContent = status.dataset.look;
              await look();
            } catch { stop(status.dataset.none); }
          });
          camera.hidden = false;
        }

        """
}
