import Cryptography
public import Encoding
import Foundation
import TransparencyLog

/// What officials did on this node, line by line; never sent to anybody.
///
/// `Protocol/records.md § Audit trail`. `audit.jsonl` in the node's folder: appended to, synced,
/// each line signed by the operator's key and bound to the line before. Ids and reasons, no claims.
public struct AuditTrail: Sendable {
    /// The file.
    public let path: String
    private let folder: String

    public init(_ node: NodeDirectory) {
        path = node.url.appending(path: "audit.jsonl").path
        folder = node.path
    }

    /// Appends a line. On disk when it returns.
    ///
    /// - Returns: its number.
    /// - Throws: `RegistrarError.auditLineTooLong`, and nothing was appended.
    @discardableResult
    public func note(
        _ act: String, _ members: JSONObject, by signer: AuditSigner, at now: Timestamp
    ) throws -> Int64 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RegistrarError.cannotWrite(path: path) }
        defer { close(descriptor) }
        // Two commands at once must not both follow the same line.
        guard flock(descriptor, LOCK_EX) == 0 else {
            throw RegistrarError.cannotWrite(path: path)
        }
        let last = try lastLine(descriptor)
        let line = try AuditLine(
            act, members, number: try last.map(AuditTrail.number).map { $0 + 1 } ?? 1,
            after: last.map { HashValue(of: $0) }, by: signer.key, name: signer.name, at: now)
        // Order: the file's name is on disk before its first line, which would be lost with it.
        if last == nil { try syncFolder() }
        let bytes = line.bytes + [0x0A]
        guard write(descriptor, bytes, bytes.count) == bytes.count, fdatasync(descriptor) == 0
        else { throw RegistrarError.cannotWrite(path: path) }
        return line.number
    }

    /// Does what a line says, between that line and one that says what became of it.
    ///
    /// Order: who, what and why are on disk before anything is done, so that a crash loses none of
    /// it; then `done`, or `failed` where it was refused. A line with neither was cut off, and can
    /// be given again.
    public func during<Value>(
        _ act: String, _ members: JSONObject, by signer: AuditSigner, at now: Timestamp,
        _ work: () async throws -> (value: Value, about: JSONObject)
    ) async throws -> Value {
        let number = try note(act, members, by: signer, at: now)
        var after: JSONObject = ["of": .integer(number)]
        after["issuer"] = members["issuer"]
        let done: (value: Value, about: JSONObject)
        do { done = try await work() } catch {
            // Why it failed is told, whatever becomes of the line: without one it counts as cut off.
            _ = try? note(AuditOperators.failed, after, by: signer, at: now)
            throw error
        }
        for member in done.about.members { after[member.name] = member.value }
        // Order: outside of what may fail; a line that is not written makes nothing undone.
        try note(AuditOperators.done, after, by: signer, at: now)
        return done.value
    }

    /// Who may sign lines now, as the trail itself says.
    public func operators() throws -> AuditOperators {
        let bytes = FileManager.default.contents(atPath: path).map { Array($0) } ?? []
        var operators = AuditOperators()
        for part in bytes.split(separator: 0x0A) {
            // What does not read is named where the trail is checked.
            if let line = try? AuditLine(parsing: Array(part)) { _ = operators.take(line) }
        }
        return operators
    }

    private func syncFolder() throws {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RegistrarError.cannotWrite(path: folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw RegistrarError.cannotWrite(path: folder) }
    }

    private static func number(_ line: [UInt8]) throws -> Int64 {
        do { return try AuditLine(parsing: line).number } catch {
            throw RegistrarError.auditBroken(reason: "its last line does not read: \(error)")
        }
    }

    /// The last whole line; what a crash left of one after it was never confirmed, and is removed.
    private func lastLine(_ descriptor: Int32) throws -> [UInt8]? {
        let size = lseek(descriptor, 0, SEEK_END)
        let count = min(Int(size), 2 * AuditLine.sizeLimit)
        var bytes = [UInt8](repeating: 0, count: count)
        guard pread(descriptor, &bytes, count, size - off_t(count)) == count else {
            throw RegistrarError.cannotWrite(path: path)
        }
        let end = bytes.lastIndex(of: 0x0A)
        let torn = count - (end.map { $0 + 1 } ?? 0)
        if torn > 0 {
            guard ftruncate(descriptor, size - off_t(torn)) == 0 else {
                throw RegistrarError.cannotWrite(path: path)
            }
        }
        guard let end else { return nil }
        let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return Array(bytes[start..<end])
    }
}
