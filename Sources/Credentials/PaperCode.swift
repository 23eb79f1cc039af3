internal import Encoding

/// What the code on a paper certificate carries: the signed credential itself and its path in
/// the batch, as text in the alphabet of a QR code. Never a link.
///
/// `Protocol/paper.md § Code`. Pure; nothing is said about who signed it or whether it holds:
/// what comes out is a credential file, and goes through the same checks as any other.
public struct PaperCode: Hashable, Sendable {
    /// The credential without disclosures and key binding, and its place in the log.
    public let file: CredentialFile
    /// The text that a QR code carries.
    public let text: String
    /// The bytes before they are written in the alphabet.
    public let byteCount: Int

    /// The most bytes that are issued, so that a code can be printed small and read badly.
    public static let byteLimit = 900
    /// The longest text that a QR code holds.
    public static let textLimit = 4_296

    /// The bytes that are in the window before a stream begins (`Protocol/paper.md § Dictionary`).
    public static var dictionary: [UInt8] { PaperDictionary.first }

    private static let prefix = "CONCORD"
    private static let version = 1

    /// Makes the code of a credential that shows all it says.
    ///
    /// Refused: disclosures or a key binding, which are no part of a paper credential; a file
    /// without a batch; one that does not fit into `byteLimit`.
    public init(_ file: CredentialFile) throws(CredentialError) {
        let bytes = try PaperPayload(file).serialized
        guard bytes.count <= PaperCode.byteLimit else {
            throw .tooLarge(.paperCode, limit: PaperCode.byteLimit, found: bytes.count)
        }
        self.file = file
        byteCount = bytes.count
        text = "\(PaperCode.prefix)\(PaperCode.version):\(Base45.encode(bytes))"
    }

    /// Whether the bytes claim to be the text of such a code, of whatever version.
    public static func isClaimed(by bytes: some Collection<UInt8>) -> Bool {
        bytes.starts(with: prefix.utf8)
    }

    /// Reads the text of a code; an end of line after it is no part of it.
    ///
    /// Bounded before anything is allocated; every deviation from § Code is refused.
    public init(parsing bytes: some Collection<UInt8>) throws(CredentialError) {
        guard bytes.count <= PaperCode.textLimit + 2 else {
            throw .tooLarge(.paperCode, limit: PaperCode.textLimit, found: bytes.count)
        }
        var line = Array(bytes)
        for end in [UInt8(ascii: "\n"), UInt8(ascii: "\r")] where line.last == end {
            line.removeLast()
        }
        guard let content = Base45.decode(utf8: try PaperCode.code(in: line)) else {
            throw .malformedPaperCode(expected: "base 45 (RFC 9285) after the version")
        }
        file = try PaperPayload(parsing: content).file
        byteCount = content.count
        text = String(decoding: line, as: UTF8.self)
    }

    /// What follows the prefix and a version that is known.
    private static func code(in text: [UInt8]) throws(CredentialError) -> ArraySlice<UInt8> {
        guard isClaimed(by: text) else {
            throw .malformedPaperCode(expected: "a text that begins with \(prefix)")
        }
        let rest = text.dropFirst(prefix.utf8.count)
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        let after = rest.dropFirst(digits.count)
        guard (1...4).contains(digits.count), after.first == UInt8(ascii: ":") else {
            throw .malformedPaperCode(expected: "a version and a colon after \(prefix)")
        }
        guard Array(digits) == Array("\(version)".utf8) else {
            throw .unknownPaperVersion(
                known: version, found: String(decoding: digits, as: UTF8.self))
        }
        return after.dropFirst()
    }
}
