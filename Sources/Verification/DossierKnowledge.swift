import Credentials
import Cryptography
public import Encoding
import Registry
import TransparencyLog

extension Dossier {
    /// What the dossier proves to somebody who trusts nothing but this anchor.
    ///
    /// Checked: the log keys by the roots' acts, the checkpoints under the anchor's policies,
    /// every entry's inclusion, and that the extract, signed by the holders that the anchor's
    /// root named, is exactly the fold of the acts handed over. Not checked: the credential,
    /// and whether the extract speaks about everything that a question needs (`Verifier`).
    ///
    /// - Parameter newestQuorumTime: the newest that this verifier has ever accepted.
    public func knowledge(
        anchor: Anchor, at now: Timestamp, newestQuorumTime: Timestamp? = nil
    ) throws(VerificationError) -> Knowledge {
        guard Set(logs.map(\.country)).count == logs.count else {
            throw .dossier(.wrongForm(path: "logs", expected: "one log a country"))
        }
        guard let own = logs.first(where: { $0.country == anchor.country }) else {
            throw .dossierLogMissing(origin: anchor.pin.origin)
        }
        var opened = [
            try OpenedLog(own, pin: anchor.pin, policy: anchor.policy, at: now)
        ]
        let peers = opened[0].state.peers
        for log in logs where log.country != anchor.country {
            // A log that the anchor does not name is no knowledge.
            guard let peer = peers[log.country] else { continue }
            opened.append(try OpenedLog(log, pin: peer.pin, policy: peer.policy, at: now))
        }
        let parsed = extract.flatMap { try? Extract(parsing: $0.text) }
        let outcome = extractOutcome(parsed, opened, anchor: anchor)
        let frozen = parsed?.splitViews ?? []
        return Knowledge(
            anchor: anchor,
            logs: opened.map { log in
                Knowledge.Log(
                    country: log.country, state: log.state, head: log.head,
                    quorumTime: log.quorumTime, isUnwitnessed: log.isUnwitnessed,
                    splitView: frozen.first { $0.utf8.starts(with: "\(log.head.origin) ".utf8) })
            },
            statusLists: Dictionary(
                statusLists.map { (HashValue(of: $0), $0) }, uniquingKeysWith: { first, _ in first }
            ),
            provenance: .dossier(extract: outcome),
            newestQuorumTime: (opened.map(\.quorumTime) + [newestQuorumTime])
                .compactMap { $0 }.max(),
            subjects: Set(parsed?.subjects ?? []))
    }

    private func extractOutcome(
        _ parsed: Extract?, _ logs: [OpenedLog], anchor: Anchor
    ) -> Knowledge.ExtractOutcome {
        guard let extract, let parsed else { return .missing }
        let signers = logs[0].state.extractKeys.filter { extract.isSigned(by: $0.key) }
        let needed = anchor.policy.witnesses.count >= 2 ? 2 : 1
        guard Set(signers.map(\.holder)).count >= needed,
            Set(signers.map(\.key.key)).count >= needed
        else { return .notSigned }
        let own = Extract(
            folding: logs.map { ($0.extractHead, $0.state) }, about: Set(parsed.subjects),
            splitViews: parsed.splitViews)
        if own.text.utf8.elementsEqual(extract.text.utf8) { return .believed }
        return own.agreesApartFromLists(with: parsed) ? .listsDiffer : .mismatch
    }
}
