import Encoding
import Glibc
import Language
import Paper

/// `concord-paper`: draws certificates and reads pictures of them for `concord`.
///
/// A process of its own for two reasons: pictures come from strangers, and what decodes them
/// gets neither keys nor databases and little memory and time; and a verdict on a file does not
/// wait for fifty libraries to be loaded that it does not need. Standard input and output are
/// all that it uses: no file, no network.
@main
struct PaperProcess {
    static func main() {
        signal(SIGPIPE, SIG_DFL)
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments == ["print"] {
            printSheets()
        } else if arguments.count == 2, arguments[0] == "read",
            let seconds = UInt32(arguments[1]), ProcessLimits.seconds.contains(seconds)
        {
            ProcessLimits.apply(seconds: seconds)
            readPicture()
        } else if arguments.count == 2, arguments[0] == "code",
            let form = CodePicture.Form(rawValue: arguments[1])
        {
            drawCode(form)
        } else {
            StandardStreams.complain(
                "expected print, read and a number of seconds, or code and a form; this program is "
                    + "run by concord, not by people")
            exit(64)
        }
    }

    /// A line of JSON for each sheet; a page of PDF for each line.
    private static func printSheets() {
        while let line = StandardStreams.line() {
            do {
                let sheet = try CertificateSheet(JSONValue(parsing: Array(line.utf8)))
                StandardStreams.answer(.success(try CertificatePage.pdf(of: sheet)))
            } catch {
                StandardStreams.answer(.failure(.init("\(error)")))
            }
        }
    }

    /// The text of one code; a picture of it.
    private static func drawCode(_ form: CodePicture.Form) {
        do {
            let text = String(decoding: StandardStreams.all(limit: 8_192) ?? [], as: UTF8.self)
            StandardStreams.answer(.success(try CodePicture(text).bytes(form)))
        } catch {
            StandardStreams.answer(.failure(.init("\(error)")))
        }
    }

    /// One picture; the texts of its codes as an array of JSON.
    private static func readPicture() {
        do {
            guard let bytes = StandardStreams.all(limit: PictureFile.sizeLimit) else {
                throw PaperError.pictureTooLarge(limit: PictureFile.sizeLimit)
            }
            let texts = try PictureFile(parsing: bytes).codes()
            StandardStreams.answer(
                .success(JSONValue.array(texts.map(JSONValue.string)).serialized))
        } catch {
            StandardStreams.answer(.failure(.init("\(error)")))
        }
    }
}
