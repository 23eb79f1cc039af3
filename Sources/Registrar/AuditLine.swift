import Cryptography
import Encoding
import TransparencyLog

/// One line of an audit trail: what was done, by whom, after which line.
///
/// `Protocol/records.md § Audit trail`. A JSON object with `text`, the JSON text that was signed, and
/// `signature`, that of the operator's key in the text.
struct AuditLine: Sendable {
    let number: Int64
    /// SHA-256 of the whole line before; nil for the first.
    let previous: HashValue?
    let time: Timestamp
    let act: String
    let operatorKey: NoteKey
    /// Ids, reasons and counts.
    let about: JSONObject
    let bytes: [UInt8]

    static let sizeLimit = 65_536

    /// SHA-256 of the line, for the next one.
    var hash: HashValue { HashValue(of: bytes) }

    /// Signs a line.
    ///
    /// - Throws: `RegistrarError.auditLineTooLong` for one that nobody could read again.
    init(
        _ act: String, _ members: JSONObject, number: Int64, after previous: HashValue?,
        by key: SigningKey, name: String, at now: Timestamp
    ) throws {
        self.number = number
        self.previous = previous
        self.act = act
        time = now
        operatorKey = try NoteKey(name: name, algorithm: .ed25519, key: key.verificationKey)
        about = members
        var text: JSONObject = [
            "type": "audit", "number": .integer(number), "time": .string(now.description),
            "act": .string(act),
        ]
        text["previous"] = previous.map { .string($0.hexadecimal) }
        text["operator"] = .string(operatorKey.description)
        text["about"] = .object(members)
        let signed = JSONValue.object(text).serialized
        bytes =
            JSONValue.object([
                "text": .string(String(decoding: signed, as: UTF8.self)),
                "signature": .string(Base64.standard.encode(key.signature(for: signed))),
            ]).serialized
        guard bytes.count <= AuditLine.sizeLimit else {
            throw RegistrarError.auditLineTooLong(
                limit: AuditLine.sizeLimit, found: bytes.count)
        }
    }

    /// Reads a line, and checks the signature of the key that it names.
    ///
    /// Whether that key is an operator's is for the reader to say.
    init(parsing bytes: [UInt8]) throws(ParsingError) {
        let limits = JSONLimits(size: AuditLine.sizeLimit, depth: 8)
        var line = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
        let text = Array(try line.string("text").utf8)
        guard let signature = Base64.standard.decode(try line.string("signature")) else {
            throw .wrongForm(path: "signature", expected: "base64")
        }
        try line.finish()
        var reader = try MemberReader(JSONValue(parsing: text, limits: limits), at: "text")
        guard try reader.string("type") == "audit" else {
            throw .wrongForm(path: "text.type", expected: "the word audit")
        }
        number = try reader.integer("number", in: 1...Int64.max)
        guard let time = Timestamp(parsing: try reader.string("time")) else {
            throw .wrongForm(path: "text.time", expected: "a time in UTC")
        }
        self.time = time
        act = try reader.string("act")
        if let hash = try reader.optionalString("previous") {
            guard let value = HashValue(hexadecimal: hash) else {
                throw .wrongForm(path: "text.previous", expected: "64 hexadecimal digits")
            }
            previous = value
        } else {
            previous = nil
        }
        guard let key = try? NoteKey(parsing: try reader.string("operator")) else {
            throw .wrongForm(path: "text.operator", expected: "a key as name+id+base64")
        }
        operatorKey = key
        guard case .object(let members) = try reader.value("about") else {
            throw .wrongForm(path: "text.about", expected: "an object")
        }
        about = members
        try reader.finish()
        guard key.key.isValid(signature, for: text) else {
            throw .wrongForm(path: "signature", expected: "the operator's signature over text")
        }
        self.bytes = bytes
    }
}
