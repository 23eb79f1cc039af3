public import Encoding

/// Which logs are known and whose cosignatures suffice (C2SP tlog-policy).
///
/// Names are bytes: two that look alike are two. Duplicate keys, names without definition and
/// members of two groups do not get through reading.
public struct WitnessPolicy: Sendable {
    /// The policy as it was read.
    public let serialized: [UInt8]
    public let logs: [(key: NoteKey, url: String?)]
    public let witnesses: [(name: String, key: NoteKey, url: String?)]
    let rules: [PolicyRule]
    /// The rule that decides, or nil for `quorum none`.
    let quorum: Int?
    /// The names of those in the group of mirrors.
    let mirrorNames: Set<String>

    public init(parsing text: String) throws(LogError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads a policy; bytes from 0x80 on are opaque and need not be UTF-8.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        let parser = try PolicyParser(parsing: bytes)
        serialized = bytes
        logs = parser.logs
        witnesses = parser.witnesses
        rules = parser.rules
        quorum = parser.quorum
        mirrorNames = parser.witnesses(inGroup: WitnessPolicy.mirrorGroup)
    }

    public var text: String { String(decoding: serialized, as: UTF8.self) }

    /// Whether no cosignature is asked for: what rests on it is *unwitnessed*.
    public var isUnwitnessed: Bool { quorum == nil }

    /// The policy that asks for `quorum` of those witnesses; `quorum none` without witnesses.
    ///
    /// - Throws: for names that a policy cannot hold, a key that occurs twice, and a number
    ///   that is not 1 to the number of witnesses.
    public static func requiring(
        _ quorum: Int, of witnesses: [(name: String, key: NoteKey, url: String?)]
    ) throws(LogError) -> WitnessPolicy {
        guard !witnesses.isEmpty else { return try WitnessPolicy(parsing: "quorum none\n") }
        var text = ""
        for (index, witness) in witnesses.enumerated() {
            guard [witness.name, witness.url ?? "-"].allSatisfy(PolicyParser.isItem) else {
                let expected = "names and addresses without white space"
                throw .policy(.wrongItems(expected: expected), line: index + 1)
            }
            text += "witness \(witness.name) \(witness.key)"
            if let url = witness.url { text += " \(url)" }
            text += "\n"
        }
        var group = "quorum"
        while witnesses.contains(where: { $0.name.hasSameBytes(as: group) }) { group += "-" }
        let names = witnesses.map(\.name).joined(separator: " ")
        text += "group \(group) \(quorum) \(names)\nquorum \(group)\n"
        return try WitnessPolicy(parsing: text)
    }

    /// The number of cosignatures for so many witnesses of which fewer than a third are bad:
    /// the least k with 2k > n + f, f = (n - 1) / 3.
    public static func quorum(for witnesses: Int) -> Int {
        guard witnesses > 0 else { return 0 }
        return (witnesses + (witnesses - 1) / 3) / 2 + 1
    }

    /// The checkpoint with its quorum time, or nil.
    ///
    /// Nil if the policy names logs and none of them is the one whose key opened the
    /// checkpoint, if a line that bears a witness's name and key id does not verify, or if the
    /// quorum is not reached. The caller judges the quorum time against the clock.
    public func open(_ checkpoint: Checkpoint) -> WitnessedCheckpoint? {
        guard logs.isEmpty || logs.contains(where: { $0.key == checkpoint.key }) else { return nil }
        guard let quorum else {
            return WitnessedCheckpoint(checkpoint: checkpoint, quorumTime: nil)
        }
        let text = Array(checkpoint.note.text.utf8)
        var times = [Timestamp?](repeating: nil, count: witnesses.count)
        for signature in checkpoint.note.signatures {
            for (index, witness) in witnesses.enumerated()
            where witness.key.isNamed(by: signature) {
                // SPEC: a signature from a known key that fails to verify refuses the note.
                guard let time = witness.key.cosignatureTime(of: signature, over: text) else {
                    return nil
                }
                times[index] = max(time, times[index] ?? time)
            }
        }
        guard let time = PolicyRule.times(of: rules, witnesses: times)[quorum] else { return nil }
        return WitnessedCheckpoint(checkpoint: checkpoint, quorumTime: time)
    }

    /// The newest valid cosignature of each witness; lines that do not verify are left out.
    public func cosignatureTimes(of checkpoint: Checkpoint) -> [String: Timestamp] {
        var times: [String: Timestamp] = [:]
        for witness in witnesses {
            times[witness.name] = checkpoint.note.cosignatureTime(by: witness.key)
        }
        return times
    }

    /// Those of some lines that are valid cosignatures of the checkpoint by a witness of the
    /// policy: what may be taken from a stranger's answer.
    public func valid(
        _ cosignatures: [NoteSignature], for checkpoint: Checkpoint
    ) -> [NoteSignature] {
        let text = Array(checkpoint.note.text.utf8)
        return cosignatures.filter { line in
            witnesses.contains { $0.key.cosignatureTime(of: line, over: text) != nil }
        }
    }
}

extension WitnessPolicy: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.serialized == right.serialized
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(serialized) }
}

extension WitnessPolicy: CustomStringConvertible {
    public var description: String { text }
}
