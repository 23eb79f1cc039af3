internal import Encoding

/// A presentation, a certificate or a request as the text of a QR code: the file itself,
/// compressed, in the alphabet of such codes. Never a link.
///
/// `Protocol/presentation.md § Code`. Pure; what comes out is a file as any other, and goes through
/// the same checks.
public struct FileCode: Hashable, Sendable {
    /// The file.
    public let bytes: [UInt8]
    /// The text that a QR code carries.
    public let text: String

    /// The longest text that a QR code holds in its alphanumeric mode.
    public static let textLimit = 4_296
    static let byteLimit = 65_536
    private static let prefix = "FILE:CONCORD1:"

    /// - Throws: `CredentialError.tooLarge` for a file whose text no QR code holds.
    public init(_ bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= FileCode.byteLimit else {
            throw .tooLarge(.fileCode, limit: FileCode.byteLimit, found: bytes.count)
        }
        text = FileCode.prefix + Base45.encode(ZlibStream.compressed(bytes))
        guard text.utf8.count <= FileCode.textLimit else {
            throw .tooLarge(.fileCode, limit: FileCode.textLimit, found: text.utf8.count)
        }
        self.bytes = bytes
    }

    /// Whether the bytes claim to be the text of such a code.
    public static func isClaimed(by bytes: some Collection<UInt8>) -> Bool {
        bytes.starts(with: prefix.utf8)
    }

    /// Reads the text of a code; an end of line after it is no part of it. What it expands to is
    /// bounded.
    public init(parsing bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= FileCode.textLimit + 2 else {
            throw .tooLarge(.fileCode, limit: FileCode.textLimit, found: bytes.count)
        }
        var line = bytes
        for end in [UInt8(ascii: "\n"), UInt8(ascii: "\r")] where line.last == end {
            line.removeLast()
        }
        guard FileCode.isClaimed(by: line) else {
            throw .malformedFileCode(expected: "a text that begins with \(FileCode.prefix)")
        }
        guard let stream = Base45.decode(utf8: line.dropFirst(FileCode.prefix.utf8.count)) else {
            throw .malformedFileCode(expected: "base 45 (RFC 9285) after the version")
        }
        do throws(CredentialError) {
            self.bytes = try ZlibStream.expanded(stream, limit: FileCode.byteLimit)
        } catch .statusListTooLarge(let limit) {
            throw .malformedFileCode(expected: "at most \(limit) bytes when expanded")
        } catch {
            throw .malformedFileCode(expected: "one whole zlib stream")
        }
        text = String(decoding: line, as: UTF8.self)
    }
}
