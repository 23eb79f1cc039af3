internal import Encoding

/// A credential or a presentation as it is handed over, with the path to its batch if known
/// (`Protocol/credential.md § Credential file`).
public struct CredentialFile: Hashable, Sendable {
    public var credential: SDJWT
    public var batch: BatchPath?

    /// An SD-JWT, a path of forty hashes, and the JSON around them.
    public static let sizeLimit = 2 * SDJWT.sizeLimit

    public init(credential: SDJWT, batch: BatchPath? = nil) {
        self.credential = credential
        self.batch = batch
    }

    /// Reads a credential file, an SD-JWT alone in either serialization, or the text of a paper
    /// code; white space around a file or an SD-JWT is not part of it.
    public init(parsing bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= CredentialFile.sizeLimit else {
            throw .tooLarge(.file, limit: CredentialFile.sizeLimit, found: bytes.count)
        }
        if PaperCode.isClaimed(by: bytes) {
            self = try PaperCode(parsing: bytes).file
            return
        }
        let trimmed = CredentialFile.trimmed(bytes)
        guard trimmed.first == UInt8(ascii: "{") else {
            try self.init(credential: SDJWT(parsing: Array(trimmed)))
            return
        }
        let text: String
        let batch: BatchPath?
        do throws(ParsingError) {
            let value = try JSONValue(parsing: trimmed)
            var reader = try MemberReader(value, at: "")
            if let object = value.object, object["credential"] == nil, object["payload"] != nil {
                text = ""
                batch = nil
            } else {
                text = try reader.string("credential")
                var path = try reader.optionalReader("batch")
                batch = try path?.readBatchPath()
                try reader.finish()
            }
        } catch { throw .json(.file, error) }
        let credential = text.isEmpty ? Array(trimmed) : Array(text.utf8)
        try self.init(credential: SDJWT(parsing: credential), batch: batch)
    }

    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool {
            byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
        }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return bytes[first...last]
    }

    /// The file as JSON, for people to open and machines to read.
    public var serialized: [UInt8] { Array(JSONValue.object(object).indented.utf8) }

    var object: JSONObject {
        var object: JSONObject = [
            "credential": .string(String(decoding: credential.serialized, as: UTF8.self))
        ]
        object["batch"] = batch.map { .object($0.object) }
        return object
    }
}

extension MemberReader {
    fileprivate mutating func readBatchPath() throws(ParsingError) -> BatchPath {
        try BatchPath(reading: &self)
    }
}
