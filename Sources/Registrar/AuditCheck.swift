public import Cryptography
import Encoding
import TransparencyLog

/// What a whole audit trail amounts to, read from its first line.
public struct AuditCheck: Sendable {
    /// Lines by the names and keys of those who signed them.
    public private(set) var operators: [String: Int] = [:]
    public private(set) var lines = 0
    /// SHA-256 of the last line: whoever keeps it can tell later that no line is missing.
    public private(set) var head: HashValue?
    /// Lines that were begun and of which nothing says what became of them.
    public private(set) var unfinished: [Int64] = []
    /// Whether a line with the hash that was asked about stands in it.
    public private(set) var hasHead = false

    /// - Parameter kept: the head that somebody kept of an earlier state; nil: none.
    /// - Throws: `RegistrarError.auditBroken` with the first line that does not fit.
    public init(_ bytes: [UInt8], kept: HashValue? = nil) throws {
        var known = AuditOperators()
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
            if let fault = known.take(line) {
                throw RegistrarError.auditBroken(
                    reason: "line \(place + 1) \(AuditCheck.text(fault, line.operatorKey.name))")
            }
            operators[line.operatorKey.description, default: 0] += 1
        }
        unfinished = known.open.keys.sorted()
        if let kept, !hasHead {
            throw RegistrarError.auditBroken(
                reason: "no line has the hash \(kept): lines at its end were removed, or it is "
                    + "another trail")
        }
    }

    private static func text(_ fault: AuditOperators.Fault, _ signer: String) -> String {
        switch fault {
        case .stranger:
            "is signed by \(signer), which was no operator of this trail then, and not the issuer "
                + "of what it says"
        case .foreignEnd:
            "is signed by \(signer), which was no operator of this trail then, and says what became "
                + "of a line that this key did not begin, or that has ended"
        case .lastOperator:
            "removes the last operator: nobody could be added any more"
        }
    }
}
