import Credentials
import Encoding

/// A picture of a certificate on paper: a page of PDF, a photo, a frame of a camera.
///
/// What it gives is the text of its code, which is judged as any other file: nothing that is
/// printed around a code counts, and no address in one is ever opened.
public struct CertificatePicture: Sendable {
    public enum Kind: String, Sendable {
        case pdf = "PDF"
        case png = "PNG"
        case jpeg = "JPEG"
    }

    public let kind: Kind
    private let bytes: [UInt8]

    /// The bytes of the largest picture.
    public static let byteLimit = 32 << 20

    /// - Returns: nil if the bytes do not begin as a picture; what is in them is not looked at.
    public init?(_ bytes: [UInt8]) {
        if bytes.starts(with: "%PDF-".utf8) {
            kind = .pdf
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            kind = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            kind = .jpeg
        } else {
            return nil
        }
        self.bytes = bytes
    }

    /// What stands in the picture's codes.
    public struct Codes: Sendable {
        /// The text of the certificate's code, or of a presentation's or a request's.
        public let certificate: String
        /// How many other codes there were, which were neither opened nor used.
        public let others: Int
    }

    /// Reads the codes, in a process of its own with so much processor time at the most.
    ///
    /// Waits for that process: not for a thread that others need.
    public func codes(seconds: Int = 60) throws(RegistrarError) -> Codes {
        let process = try PaperProcess(.read(seconds: seconds))
        defer { process.stop() }
        let answer = try process.answer(to: bytes, isLast: true)
        let limits = JSONLimits(size: 1 << 20, depth: 2)
        let texts =
            (try? JSONValue(parsing: answer, limits: limits))?.array?
            .compactMap(\.string) ?? []
        let certificates = texts.filter {
            PaperCode.isClaimed(by: $0.utf8) || FileCode.isClaimed(by: $0.utf8)
        }
        guard let code = certificates.first else { throw .paper(fault(texts)) }
        guard certificates.count == 1 else { throw .paper(.several(certificates.count)) }
        return Codes(certificate: code, others: texts.count - 1)
    }

    private func fault(_ texts: [String]) -> PaperFault {
        guard let text = texts.first?.prefix(16).lowercased() else { return .noCode(kind) }
        let isLink = ["http:", "https:", "www."].contains { text.hasPrefix($0) }
        return isLink ? .link : .otherCode
    }
}
