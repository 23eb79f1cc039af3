import Encoding
import Recognition
import Registry

/// What verified credentials say about the person, as the engine takes it.
///
/// `Protocol/recognition.md § Statements`. The person was matched before; whether a decision's
/// authority was competent is judged here, at its place in the log of its country. A statement
/// that does not read as its kind says nothing, and neither do two of one id by different
/// issuers: nobody could tell which of them others mean.
struct PersonStatements {
    private(set) var statements = StatementSet()
    private let knowledge: Knowledge

    init(_ verified: [VerifiedStatement], _ knowledge: Knowledge) {
        self.knowledge = knowledge
        let issuers = Dictionary(grouping: verified, by: \.id).mapValues { Set($0.map(\.issuer)) }
        for statement in verified where issuers[statement.id]?.count == 1 {
            try? add(statement)
        }
    }

    private static let holder = "holder"

    private mutating func add(_ verified: VerifiedStatement) throws(ParsingError) {
        var reader = MemberReader(verified.statement, at: "statement")
        let authorship = Authorship(
            id: verified.id, author: verified.issuer, competence: .mandated,
            recorded: verified.issued)
        switch verified.kind {
        case "decision":
            var decision = try Decision(
                reading: &reader, authorship, holder: PersonStatements.holder)
            decision.authorship = Authorship(
                id: verified.id, author: verified.issuer,
                competence: isCompetent(decision, verified) ? .mandated : .outsideMandate,
                recorded: verified.issued)
            statements.decisions.append(decision)
        case "evidence":
            statements.evidence.append(
                try Evidence(reading: &reader, authorship, holder: PersonStatements.holder))
        case "alert":
            statements.alerts.append(
                try Alert(reading: &reader, authorship, holder: PersonStatements.holder))
        case "decision-event":
            statements.events.append(try StatementEvent(reading: &reader, authorship))
        default: break
        }
    }

    /// P1: whether the authority was mandated for the decision when it was logged.
    private func isCompetent(_ decision: Decision, _ verified: VerifiedStatement) -> Bool {
        guard let log = knowledge.log(of: verified.country),
            Jurisdiction(verified.country).covers(decision.jurisdiction)
        else { return false }
        return log.state.mandates(
            of: verified.issuer, at: verified.entry, on: decision.decided
        ).contains { mandate in
            decision.subjects.contains { subject in
                mandate.allows(
                    .recognise, about: subject, in: decision.jurisdiction,
                    for: decision.purposes, on: decision.decided)
            }
        }
    }
}
