public import Encoding
import Foundation

/// What officials did on this node, line by line; never sent to anybody.
///
/// `audit.jsonl` in the node's folder, appended to and synced. Ids and reasons, no claims.
public struct AuditTrail: Sendable {
    private let path: String

    public init(_ node: NodeDirectory) { path = node.url.appending(path: "audit.jsonl").path }

    public func note(_ act: String, _ members: JSONObject, at now: Timestamp) throws {
        var line: JSONObject = ["time": .string(now.description), "act": .string(act)]
        for member in members.members { line[member.name] = member.value }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw RegistrarError.cannotWrite(path: path) }
        defer { close(descriptor) }
        let bytes = JSONValue.object(line).serialized + [0x0A]
        guard write(descriptor, bytes, bytes.count) == bytes.count, fdatasync(descriptor) == 0
        else { throw RegistrarError.cannotWrite(path: path) }
    }
}
