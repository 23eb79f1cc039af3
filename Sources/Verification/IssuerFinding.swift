import Credentials
import Encoding
import Language
import Registry
import TransparencyLog

/// Check 3: whether the issuer was allowed to issue it that day, and when the log saw it.
struct IssuerFinding {
    let check: Check
    let accreditation: StandingAccreditation?
    let qualification: Qualification?
    /// The batch that the credential names, if the log holds it there.
    let batch: StandingBatch?
    let home: Knowledge.Log?
    /// The keys that were granted for this credential: those of what allows the issuer to
    /// issue it, or, where nothing does, all of the issuer's.
    let keys: [IssuerKey]

    init(_ credential: IssuedCredential, _ file: CredentialFile, _ home: Knowledge.Log?) {
        guard let home else {
            self.init(
                check: Check(
                    .issuer, .undetermined(.noRegistryData),
                    Message(
                        .checkIssuerNoData, ["country": .text(credential.frame.country)])),
                accreditation: nil, qualification: nil, batch: nil, home: nil, keys: [])
            return
        }
        let batch = IssuerFinding.batch(file.batch, home)
        switch credential {
        case .award(let award): self.init(award, file, home, batch)
        case .statement(let statement): self.init(statement, file, home, batch)
        }
    }

    private init(
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

    private init(
        _ award: QualificationCredential, _ file: CredentialFile, _ home: Knowledge.Log,
        _ batch: StandingBatch?
    ) {
        let state = home.state
        let accreditations = state.accreditations(of: award.issuer)
        let covering = accreditations.filter { item in
            item.accreditation.covers(award.qualification, on: award.awarded)
                && item.standing.stands(on: award.awarded)
                && batch.map { item.standing.logged.index < $0.logged.index } ?? true
        }
        let accreditation =
            IssuerFinding.decisive(covering, file, state, batch) ?? accreditations.last
        let qualification = IssuerFinding.qualification(of: award, in: state)
        let (outcome, detail) = IssuerRules(
            credential: award, path: file.batch, home: home, accreditation: accreditation,
            isQualificationKnown: qualification != nil, batch: batch
        ).outcome
        self.init(
            check: Check(.issuer, outcome, detail), accreditation: accreditation,
            qualification: qualification, batch: batch, home: home,
            keys: (covering.isEmpty ? accreditations : covering).compactMap(state.issuerKey(of:)))
    }

    private init(
        _ statement: StatementCredential, _ file: CredentialFile, _ home: Knowledge.Log,
        _ batch: StandingBatch?
    ) {
        let state = home.state
        let competence = StatementCompetence(of: statement, in: state)
        let index = batch?.logged.index
        // A key that the root has ended makes no statement in a later batch.
        let authorityKeys = competence.authorityGrants.filter { grant in
            index.map { grant.grantedAt <= $0 && $0 < grant.endedAt ?? .max } ?? true
        }
        let mandate = competence.mandate(at: index ?? .max)
        let covering = competence.accreditations
        let accreditation = IssuerFinding.decisive(covering, file, state, batch)
        let accreditationKeys = covering.compactMap(state.issuerKey(of:))
        let isByBody = accreditationKeys.contains { $0.didSign(file.credential) }
        let ground =
            mandate.flatMap { accreditation != nil && isByBody ? nil : .mandate($0) }
            ?? accreditation.map(IssuerGround.accreditation)
        let mandateKeys = authorityKeys.map { IssuerKey(grant: $0) }
        let keys: [IssuerKey] =
            switch ground {
            case .mandate?: mandateKeys
            case .accreditation?: accreditationKeys
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

    /// The accreditation that decides: the last whose key signed it and that stood when the
    /// batch was logged, else whose key signed it, else the last.
    private static func decisive(
        _ covering: [StandingAccreditation], _ file: CredentialFile, _ state: LogState,
        _ batch: StandingBatch?
    ) -> StandingAccreditation? {
        let signing = covering.filter { item in
            state.issuerKey(of: item)?.didSign(file.credential) ?? false
        }
        let standing = signing.last { item in
            batch.map {
                item.standing.stands(at: $0.logged.index, on: $0.logged.loggedTime.day)
            } ?? true
        }
        return standing ?? signing.last ?? covering.last
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

    private static func batch(_ path: BatchPath?, _ home: Knowledge.Log) -> StandingBatch? {
        guard let path, path.origin == home.state.pin.origin(at: path.entryIndex) else {
            return nil
        }
        for standing in home.state.acts where standing.logged.index == path.entryIndex {
            if case .batch(let act) = standing.act {
                return StandingBatch(act: act, standing: standing)
            }
        }
        return nil
    }
}

/// A batch at its place in the log, with what became of it.
struct StandingBatch {
    let act: Batch
    let standing: StandingAct

    var logged: LoggedEntry { standing.logged }
}
