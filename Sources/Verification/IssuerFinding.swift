import Credentials
import Encoding
import Language
import Registry
import TransparencyLog

/// Check 3: whether the issuer was allowed to issue it that day, and when the log saw it.
///
/// A class: many credentials share one.
final class IssuerFinding {
    let check: Check
    let accreditation: StandingAccreditation?
    let qualification: Qualification?
    /// The batch that the credential names, if the log holds it there.
    let batch: StandingBatch?
    let home: Knowledge.Log?
    /// The keys that were granted for this credential: those of what allows the issuer to
    /// issue it, or, where nothing does, all of the issuer's.
    let keys: [IssuerKey]

    init(
        check: Check, accreditation: StandingAccreditation?, qualification: Qualification?,
        batch: StandingBatch?, home: Knowledge.Log?, keys: [IssuerKey]
    ) {
        self.check = check
        self.accreditation = accreditation
        self.qualification = qualification
        self.batch = batch
        self.home = home
        self.keys = keys
    }

    /// Where the log of its country is not at hand.
    convenience init(withoutLogOf country: String) {
        self.init(
            check: Check(
                .issuer, .undetermined(.noRegistryData),
                Message(.checkIssuerNoData, ["country": .text(country)])),
            accreditation: nil, qualification: nil, batch: nil, home: nil, keys: [])
    }

    convenience init(
        _ statement: StatementCredential, _ file: CredentialFile, _ home: Knowledge.Log,
        _ signature: inout CredentialSignature
    ) {
        let state = home.state
        let batch = StandingBatch(file.batch, in: home)
        let competence = StatementCompetence(of: statement, in: state)
        let index = batch?.logged.index
        // A key that the root has ended makes no statement in a later batch.
        let authorityKeys = competence.authorityGrants.filter { grant in
            index.map { grant.grantedAt <= $0 && $0 < grant.endedAt ?? .max } ?? true
        }
        let mandate = competence.mandate(at: index ?? .max)
        let covering = CoveringAccreditations(competence.accreditations, in: state)
        let accreditation = covering.decisive(&signature, batch).map { covering.items[$0] }
        var isByBody = false
        for key in covering.keys where key.didSign(&signature, in: batch) { isByBody = true }
        let ground =
            mandate.flatMap { accreditation != nil && isByBody ? nil : .mandate($0) }
            ?? accreditation.map(IssuerGround.accreditation)
        let mandateKeys = authorityKeys.map { IssuerKey(grant: $0) }
        let keys: [IssuerKey] =
            switch ground {
            case .mandate?: mandateKeys
            case .accreditation?: covering.keys
            case nil:
                mandateKeys
                    + state.accreditations(of: statement.issuer).compactMap(state.issuerKey(of:))
            }
        let (outcome, detail) = StatementRules(
            statement: statement, path: file.batch, home: home,
            isIssuerKnown: competence.knowsIssuer, ground: ground, batch: batch
        ).outcome
        self.init(
            check: Check(.issuer, outcome, detail), accreditation: ground?.accreditation,
            qualification: nil, batch: batch, home: home, keys: keys)
    }

    /// The version as it was registered under a mandate, for the country of the award, and
    /// standing on its day.
    static func qualification(
        of credential: QualificationCredential, in state: LogState
    ) -> Qualification? {
        state.qualifications(credential.qualification).last { version, standing in
            version.version == credential.version && version.country == credential.country
                && standing.stands(on: credential.awarded)
        }?.qualification
    }
}

/// A batch at its place in the log, with what became of it.
struct StandingBatch {
    let act: Batch
    let standing: StandingAct

    var logged: LoggedEntry { standing.logged }

    init?(_ path: BatchPath?, in home: Knowledge.Log) {
        guard let path, path.origin == home.state.pin.origin(at: path.entryIndex),
            let standing = home.state.acts.first(where: { $0.logged.index == path.entryIndex }),
            case .batch(let act) = standing.act
        else { return nil }
        self.act = act
        self.standing = standing
    }
}
