public import Credentials
public import Encoding
import Language

/// A claim that the verifier's request asked for, and what the presentation shows of it.
///
/// What is not shown is shown as missing: the issuer may not have stated it, or the holder kept
/// it back, and the presentation does not tell which.
public struct RequestedClaim: Hashable, Sendable {
    public let path: ClaimPath
    /// nil: not shown.
    public let value: JSONValue?

    static func all(_ asked: [ClaimPath], in credential: SDJWT) -> [RequestedClaim] {
        guard !asked.isEmpty else { return [] }
        let claims = try? credential.processed().object
        return asked.map { path in
            RequestedClaim(path: path, value: claims.flatMap(path.value(in:)))
        }
    }

    var members: JSONObject {
        var object: JSONObject = ["claim": .string(path.text), "shown": .bool(value != nil)]
        object["value"] = value
        return object
    }

    var message: Message {
        let shown: Message.Argument =
            value.map { .text(ClaimText.shown($0)) } ?? .message(.subjectNotShown)
        return Message(.requestedClaim, ["claim": .text(path.text), "value": shown])
    }
}

/// The value of a claim on one line of a terminal.
public enum ClaimText {
    /// Texts as they are, everything else as JSON; cut after `limit` characters, and nothing
    /// that a terminal obeys or that turns the direction of what stands around it.
    public static func shown(_ value: JSONValue, limit: Int = 200) -> String {
        let text: String
        if case .string(let own) = value {
            text = own
        } else {
            text = String(decoding: value.serialized, as: UTF8.self)
        }
        let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Character in
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: "?"
            default: Character(scalar)
            }
        }
        return String(scalars) + (text.unicodeScalars.count > limit ? " ..." : "")
    }
}
