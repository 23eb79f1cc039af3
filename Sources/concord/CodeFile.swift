import Credentials
import Encoding
import Registrar

/// A file as a picture of a QR code, for a screen, a mail or a printer.
enum CodeFile {
    /// The forms that the end of a name asks for.
    private static func form(_ path: String) -> PaperProcess.CodeForm? {
        PaperProcess.CodeForm.allCases.first { path.lowercased().hasSuffix(".\($0.rawValue)") }
    }

    /// Refuses a name that asks for no form.
    static func check(_ path: String) throws {
        guard form(path) != nil else {
            throw CommandFailure(
                .usage, "expected a name that ends in .png or .svg for the code, found \(path)")
        }
        try OutputFile.checkPlace(path)
    }

    /// - Parameter subject: what it is, for the message where no code holds it.
    static func write(_ bytes: [UInt8], to path: String, _ subject: String) throws {
        let code: FileCode
        do throws(CredentialError) { code = try FileCode(bytes) } catch {
            guard case .tooLarge(_, let limit, let found) = error else { throw error }
            throw CommandFailure(
                .cannotWrite,
                "\(subject) of \(bytes.count) bytes does not fit into a QR code: expected at most "
                    + "\(limit), found \(found) once compressed; show less, or write it as a file "
                    + "(--out FILE)")
        }
        guard let form = form(path) else { throw CommandFailure(.usage, path) }
        let process = try PaperProcess(.code(form))
        defer { process.stop() }
        try OutputFile.write(
            process.answer(to: Array(code.text.utf8), isLast: true), to: path, mode: 0o600)
    }
}
