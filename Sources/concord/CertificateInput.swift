import Credentials
import Registrar

/// A certificate that somebody handed over: a file, or a picture of one on paper.
enum CertificateInput {
    private static let fileLimit = 8 << 20

    struct Content {
        let bytes: [UInt8]
        /// Whether it was read from a code in a picture.
        let isFromPaper: Bool
    }

    /// The file that a code carries, if the bytes are the text of one.
    private static func content(_ bytes: [UInt8]) throws -> Content {
        guard FileCode.isClaimed(by: bytes) else {
            return Content(bytes: bytes, isFromPaper: PaperCode.isClaimed(by: bytes))
        }
        return Content(bytes: try FileCode(parsing: bytes).bytes, isFromPaper: false)
    }

    /// The bytes of the file, of standard input for `-`, or what the code in a picture carries.
    static func read(_ path: String) throws -> Content {
        let bytes = try InputFile.read(path, limit: CertificatePicture.byteLimit)
        guard let picture = CertificatePicture(bytes) else {
            guard bytes.count <= fileLimit else {
                throw CommandFailure(
                    .notWhatItClaims, "expected at most \(fileLimit) bytes in \(path), found more")
            }
            return try content(bytes)
        }
        do {
            let codes = try picture.codes()
            if codes.others > 0 {
                Console.complain(
                    "\(path) has another code, which is no certificate: it was neither opened nor "
                        + "used")
            }
            return try content(Array(codes.certificate.utf8))
        } catch {
            throw CommandFailure(ExitStatus.of(error), "\(path): \(error)")
        }
    }
}
