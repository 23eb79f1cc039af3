public import Cryptography
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

    public init(_ node: NodeDirectory) { path = node.url.appending(path: "audit.jsonl").path }

    /// Appends a line. On disk when it returns.
    ///
    /// - Parameters:
    ///   - key: of whoever did it.
    ///   - name: of that key.
    public func note(
        _ act: String, _ members: JSONObject, by key: SigningKey, name: String, at now: Timestamp
    ) throws {
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
            after: last.map { HashValue(of: $0) }, by: key, name: name, at: now)
        let bytes = line.bytes + [0x0A]
        guard write(descriptor, bytes, bytes.count) == bytes.count, fdatasync(descriptor) == 0
        else { throw RegistrarError.cannotWrite(path: path) }
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

/// What a whole audit trail amounts to, read from its first line.
public struct AuditCheck: Sendable {
    /// Lines by the names and keys of those who signed them.
    public private(set) var operators: [String: Int] = [:]
    public private(set) var lines = 0
    /// SHA-256 of the last line: whoever keeps it can tell later that no line is missing.
    public private(set) var head: HashValue?
    /// Whether a line with the hash that was asked about stands in it.
    public private(set) var hasHead = false

    /// - Parameter kept: the head that somebody kept of an earlier state; nil: none.
    /// - Throws: `RegistrarError.auditBroken` with the first line that does not fit.
    public init(_ bytes: [UInt8], kept: HashValue? = nil) throws {
        let parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if place == parts.count - 1 {
                guard part.isEmpty else {
                    throw RegistrarError.auditBroken(
                        reason: "line \(place + 1) has no end: a crash left it, or a cut")
                }
                break
            }
            let line: AuditLine
            do throws(ParsingError) { line = try AuditLine(parsing: Array(part)) } catch {
                throw RegistrarError.auditBroken(reason: "line \(place + 1): \(error)")
            }
            guard line.number == Int64(place + 1), line.previous == head else {
                throw RegistrarError.auditBroken(
                    reason: "line \(place + 1) does not follow the line before: one was removed, "
                        + "changed or put in")
            }
            lines += 1
            head = line.hash
            if line.hash == kept { hasHead = true }
            operators[line.operatorKey.description, default: 0] += 1
        }
        if let kept, !hasHead {
            throw RegistrarError.auditBroken(
                reason: "no line has the hash \(kept): lines at its end were removed, or it is "
                    + "another trail")
        }
    }
}
