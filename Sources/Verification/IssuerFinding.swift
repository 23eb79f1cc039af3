import Credentials
import Encoding
import Language
import Registry
import TransparencyLog

/// Check 3: whether the body was allowed to award it that day, and when the log saw it.
struct IssuerFinding {
    let check: Check
    let accreditation: StandingAccreditation?
    let qualification: Qualification?
    /// The batch that the credential names, if the log holds it there.
    let batch: StandingBatch?
    let home: Knowledge.Log?
    /// The keys that were granted for this award: those of the accreditations that cover it,
    /// or, where none does, all of the body's.
    let keys: [KeyGrant]

    init(
        _ credential: QualificationCredential, _ file: CredentialFile, _ home: Knowledge.Log?,
        _ now: Timestamp
    ) {
        self.home = home
        guard let home else {
            accreditation = nil
            qualification = nil
            batch = nil
            keys = []
            check = Check(
                .issuer, .undetermined(.noRegistryData),
                Message(.checkIssuerNoData, ["country": .text(credential.country)]))
            return
        }
        let state = home.state
        qualification = IssuerFinding.qualification(of: credential, in: state)
        let batch = IssuerFinding.batch(file.batch, home)
        self.batch = batch
        let accreditations = state.accreditations(of: credential.issuer)
        let covering = accreditations.filter { item in
            item.accreditation.covers(credential.qualification, on: credential.awarded)
                && item.standing.stands(on: credential.awarded)
                && batch.map { item.standing.logged.index < $0.logged.index } ?? true
        }
        keys = (covering.isEmpty ? accreditations : covering).compactMap(state.grant(of:))
        let signing = covering.filter { item in
            state.grant(of: item).map {
                (try? file.credential.verify(with: $0.key.key)) != nil
            } ?? false
        }
        let standing = signing.last { item in
            batch.map {
                item.standing.stands(at: $0.logged.index, on: $0.logged.loggedTime.day)
            } ?? true
        }
        let accreditation = standing ?? signing.last ?? covering.last ?? accreditations.last
        self.accreditation = accreditation
        let (outcome, detail) = IssuerRules(
            credential: credential, path: file.batch, home: home, accreditation: accreditation,
            isQualificationKnown: qualification != nil, batch: batch
        ).outcome
        check = Check(.issuer, outcome, detail)
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
        guard let path, path.origin == home.state.pin.origin else { return nil }
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
