import Credentials
import Language
import Registry

/// What the log of its country says that bears on the issuer of an award: worked out once for
/// all awards with the same facts.
struct AwardGrounds {
    private let home: Knowledge.Log
    private let batch: StandingBatch?
    private let qualification: Qualification?
    private let covering: CoveringAccreditations
    /// The last accreditation of the issuer, covering or not.
    private let last: StandingAccreditation?
    private let keys: [IssuerKey]

    init(_ award: QualificationCredential, _ path: BatchPath?, _ home: Knowledge.Log) {
        let state = home.state
        let batch = StandingBatch(path, in: home)
        let accreditations = state.accreditations(of: award.issuer)
        let covering = CoveringAccreditations(
            accreditations.filter { item in
                item.accreditation.covers(award.qualification, on: award.awarded)
                    && item.standing.stands(on: award.awarded)
                    && batch.map { item.standing.logged.index < $0.logged.index } ?? true
            }, in: state)
        self.home = home
        self.batch = batch
        self.covering = covering
        qualification = IssuerFinding.qualification(of: award, in: state)
        last = accreditations.last
        keys =
            covering.items.isEmpty
            ? accreditations.compactMap(state.issuerKey(of:)) : covering.keys
    }

    /// Which of the covering accreditations decides; nil: none covers the award.
    func decisive(_ signature: inout CredentialSignature) -> Int? {
        covering.decisive(&signature, batch)
    }

    /// Check 3 with that accreditation.
    func finding(
        _ award: QualificationCredential, _ path: BatchPath?, by decisive: Int?
    ) -> IssuerFinding {
        let accreditation = decisive.map { covering.items[$0] } ?? last
        let (outcome, detail) = IssuerRules(
            credential: award, path: path, home: home, accreditation: accreditation,
            isQualificationKnown: qualification != nil, batch: batch
        ).outcome
        return IssuerFinding(
            check: Check(.issuer, outcome, detail), accreditation: accreditation,
            qualification: qualification, batch: batch, home: home, keys: keys)
    }
}
