import Credentials
import Encoding

/// A certificate that somebody handed over: a file, or a picture of one on paper.
///
/// What a picture gives is the text of its code, which is judged as any other file: nothing that
/// is printed around a code counts, and no address in one is ever opened.
enum CertificateInput {
    private static let pictureLimit = 32 << 20
    private static let fileLimit = 8 << 20

    struct Content {
        let bytes: [UInt8]
        /// Whether it was read from a code in a picture.
        let isFromPaper: Bool
    }

    /// The bytes of the file, of standard input for `-`, or the code in a picture.
    static func read(_ path: String) throws -> Content {
        let bytes = try InputFile.read(path, limit: pictureLimit)
        guard let kind = kindOfPicture(bytes) else {
            guard bytes.count <= fileLimit else {
                throw CommandFailure(
                    .notWhatItClaims, "expected at most \(fileLimit) bytes in \(path), found more")
            }
            return Content(bytes: bytes, isFromPaper: PaperCode.isClaimed(by: bytes))
        }
        return Content(
            bytes: Array(try code(in: bytes, kind, of: path).utf8), isFromPaper: true)
    }

    /// What the file begins as; nil: no picture.
    private static func kindOfPicture(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: "%PDF-".utf8) { return "PDF" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "PNG" }
        return bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? "JPEG" : nil
    }

    private static func code(in bytes: [UInt8], _ kind: String, of path: String) throws -> String {
        let process = try PaperProcess("read")
        defer { process.stop() }
        let answer: [UInt8]
        do { answer = try process.answer(to: bytes, isLast: true) } catch let failure
            as CommandFailure
        {
            throw CommandFailure(failure.status, "\(path): \(failure)")
        }
        let limits = JSONLimits(size: 1 << 20, depth: 2)
        let texts =
            (try? JSONValue(parsing: answer, limits: limits))?.array?
            .compactMap(\.string) ?? []
        let certificates = texts.filter { PaperCode.isClaimed(by: $0.utf8) }
        guard let code = certificates.first else {
            throw CommandFailure(.notWhatItClaims, complaint(about: texts, kind, path))
        }
        guard certificates.count == 1 else {
            throw CommandFailure(
                .notWhatItClaims,
                "expected one certificate in \(path), found the codes of \(certificates.count); "
                    + "give a picture of each by itself")
        }
        if texts.count > 1 {
            Console.complain(
                "\(path) has another code, which is no certificate: it was neither opened nor used")
        }
        return code
    }

    private static func complaint(about texts: [String], _ kind: String, _ path: String) -> String {
        guard let text = texts.first else {
            return "expected the code of a certificate in the \(kind) \(path), found none that "
                + "can be read; take the picture straight from above, sharp and close"
        }
        let lower = text.prefix(16).lowercased()
        let isLink =
            lower.hasPrefix("http:") || lower.hasPrefix("https:") || lower.hasPrefix("www.")
        return "expected the code of a certificate in \(path), found "
            + (isLink ? "a link, which was not opened" : "a code of another kind")
            + "; a certificate carries itself in its code, and never just a link"
    }
}
