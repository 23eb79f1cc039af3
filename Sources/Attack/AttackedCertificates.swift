import Credentials
import Cryptography
import Encoding
import Registrar
import Registry
import TransparencyLog
import Verification

/// The bodies of the network, the certificates that they signed, and what became of them.
struct AttackedCertificates: Sendable {
    let centre: AttackedBody
    /// The key of the person to whom one certificate is bound.
    let holderKey: SigningKey

    /// In this order: honest; bound to the holder's key; of another person; by a body with a
    /// grand name for itself; revoked; its neighbours on the list; suspended; the last of the
    /// list, revoked; beyond the list.
    let honest, bound, other, vain: CredentialFile
    let revoked, beside, mirrored, suspended, last, beyond: CredentialFile
    /// For paper: everything stands in the signed part.
    let paper: CredentialFile

    /// A body whose accreditation was withdrawn, and what it signed before and after.
    let lapsed: AttackedBody
    let beforeWithdrawal, afterWithdrawal: CredentialFile
    /// A body whose key was stolen, and what was signed with it before and after.
    let beforeTheft, afterTheft: CredentialFile
    /// Of a stretch of time that was declared void, for fraud at the centre.
    let voided: CredentialFile
    /// Whose status list is signed by a body of another country.
    let swappedList: CredentialFile
    /// Whose status list says something that nobody has defined.
    let oddStatus: CredentialFile
    /// Logged half a year after its day.
    let late: CredentialFile

    /// The dossiers of the revoked certificate and of those that ended, when nothing had ended.
    let oldDossier: Dossier

    init(_ network: AttackNetwork, keepingOldCopy: () throws -> Void) async throws {
        let home = network.home
        let day = network.then.day
        var generator = SystemRandomNumberGenerator()
        let holder = SigningKey.generated(using: &generator)
        holderKey = holder
        centre = try await home.accredit("centre", "Sample Centre", at: network.founding)
        lapsed = try await home.accredit("lapsed", "Lapsed Centre", at: network.founding)
        let robbed = try await home.accredit("robbed", "Robbed Centre", at: network.founding)
        let corrupt = try await home.accredit("corrupt", "Corrupt Centre", at: network.founding)
        let careless = try await home.accredit("careless", "Careless Centre", at: network.founding)
        let inventive = try await home.accredit(
            "inventive", "Inventive Centre", at: network.founding)
        let foreign = try await network.third.accredit(
            "centre", "Foreign Centre", at: network.founding)

        let then = network.then
        for body in [centre, lapsed, robbed, corrupt] {
            try await home.publishList(1, of: body, at: then)
        }
        try await home.publishList(1, of: careless, signedBy: foreign.key, at: then)
        try await home.publishList(
            1, of: inventive, saying: [3: Status(value: 7)], bits: 4, at: then)

        let boast: JSONObject = [
            "issuer_name": "Harvard University", "issuer_logo": "https://harvard.example/logo.png",
        ]
        let centre = centre
        func award(_ index: Int, _ name: String = AttackedBody.person) -> QualificationCredential {
            centre.award(to: name, at: index, on: day, in: home)
        }
        let files = try await home.issue(
            [
                award(8), centre.award(at: 9, on: day, in: home, holder: holder.verificationKey),
                award(10, AttackedBody.otherPerson),
                centre.award(at: 11, on: day, in: home, others: boast),
                award(21), award(20), award(22), award(24),
                award(AttackedBody.slots - 1), award(AttackedBody.slots),
            ], by: centre, at: then)
        (honest, bound, other, vain) = (files[0], files[1], files[2], files[3])
        (revoked, beside, mirrored, suspended) = (files[4], files[5], files[6], files[7])
        (last, beyond) = (files[8], files[9])
        paper = try await home.issueOnPaper(award(30), by: centre, at: then)

        func one(_ body: AttackedBody, _ index: Int, _ time: Timestamp) async throws
            -> CredentialFile
        {
            let award = body.award(at: index, on: time.day, in: home)
            return try await home.issue([award], by: body, at: time)[0]
        }
        beforeWithdrawal = try await one(lapsed, 1, then)
        beforeTheft = try await one(robbed, 1, then)
        voided = try await one(corrupt, 1, then)
        swappedList = try await one(careless, 1, then)
        oddStatus = try await one(inventive, 3, then)
        try await network.round(at: then)
        oldDossier = try await network.dossier(revoked, at: then + 60)
        try keepingOldCopy()

        let later = network.later
        try await home.publishList(
            2, of: centre,
            saying: [21: .invalid, 24: .suspended, AttackedBody.slots - 1: .invalid], at: later)
        try await home.withdraw(lapsed, at: later)
        try await network.round(at: later)
        afterWithdrawal = try await one(lapsed, 2, network.lately)
        let theft = try await one(robbed, 2, network.lately)
        afterTheft = theft
        try await home.declare(
            "compromise", of: robbed, since: theft.batch?.entryIndex, at: network.lately)
        try await home.declare("void", of: corrupt, since: nil, at: network.lately)
        late = try await home.issue(
            [centre.award(at: 40, on: network.lately.day.adding(days: -180), in: home)],
            by: centre, at: network.lately)[0]
        try await network.round(at: network.lately)
    }
}

extension AttackedCountry {
    /// Logs a batch of one credential in which nothing can be kept back.
    fileprivate func issueOnPaper(
        _ award: QualificationCredential, by body: AttackedBody, at time: Timestamp
    ) async throws -> CredentialFile {
        try await issue(
            [award.onPaper(status: award.status)], isOpen: true, by: body, at: time)[0]
    }

    /// The authority ends what it granted, from that day on.
    fileprivate func withdraw(_ body: AttackedBody, at time: Timestamp) async throws {
        guard let act = body.accreditation else {
            throw AttackFailure("expected an accredited body, found \(body.id)")
        }
        try await publish(
            "withdrawal", by: authority, about: [body.id, qualification],
            ["act": .string(act.hexadecimal), "reason": "assessments were not held"], at: time)
    }

    /// The authority says what happened at a body, or to its key.
    fileprivate func declare(
        _ event: String, of body: AttackedBody, since index: UInt64?, at time: Timestamp
    ) async throws {
        var target: JSONObject = ["subject": .string(body.id)]
        var act: JSONObject = ["event": .string(event), "reason": "a sample"]
        if let index {
            target["key"] = .string(body.signer.verifier.description)
            act["sinceIndex"] = .integer(Int64(index))
        }
        act["target"] = .object(target)
        try await publish("status-event", by: authority, about: [body.id], act, at: time)
    }
}
