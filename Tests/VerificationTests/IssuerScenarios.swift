import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import TransparencyLog
import Verification

extension Scenario {
    static let issuer: [Scenario] = [
        Scenario(
            "a body that nobody accredited",
            [
                "issuer undetermined awarding-body-unknown",
                "credential undetermined awarding-body-unknown",
                "status undetermined status-missing",
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue(
                [network.award { $0.issuer = "ph.other" }], body: "ph.other")[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "accredited for something else", ["issuer failed awarded-outside-mandate"], exit: 1
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award { $0.qualification = "q.ph.dw-nc2" }])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "accredited until the year before",
            [
                "issuer failed awarded-outside-mandate"
            ], exit: 1
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award("2018-11-02")])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "accredited only after the batch was logged",
            [
                "issuer failed awarded-outside-mandate"
            ], exit: 1
        ) {
            var (network, _) = try SampleNetwork.standard()
            let key = try SampleKeys.signer("ph.centre.second")
            let file = try network.issue(
                [network.award { $0.qualification = "q.ph.dw-nc2" }],
                key: SampleKeys.signing("ph.centre.second"))[0]
            try network.ph.add(
                "qualification", by: "tesda", about: ["q.ph.dw-nc2"],
                SampleActs.qualification("q.ph.dw-nc2"))
            try network.ph.add(
                "accreditation", by: "tesda", about: [SampleNetwork.body, "q.ph.dw-nc2"],
                SampleActs.accreditation(
                    SampleNetwork.body, key.verifier, qualifications: ["q.ph.dw-nc2"]))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "accredited by an authority without mandate",
            [
                "issuer undetermined awarding-body-unknown",
                "credential undetermined awarding-body-unknown",
                "status undetermined status-missing",
            ], exit: 2
        ) {
            var network = try SampleNetwork()
            try network.ph.add(
                "key", by: network.ph.root.verifier.name, about: ["prc"],
                SampleActs.key("authority", "prc", SampleKeys.signer("prc").verifier))
            try network.ph.add(
                "accreditation", by: "prc", about: ["ph.other", "q.ph.smaw-nc2"],
                SampleActs.accreditation("ph.other", SampleKeys.signer("ph.other").verifier))
            let file = try network.issue(
                [network.award { $0.issuer = "ph.other" }], body: "ph.other")[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "accreditation withdrawn before the award",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) {
            var network = try SampleNetwork()
            try network.publishList(1)
            try network.ph.withdraw(network.accreditation, by: "tesda")
            try network.ph.seal(at: .noon("2026-10-20"))
            let file = try network.issue([network.award()])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("accreditation withdrawn after the batch", [], exit: 0) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.withdraw(network.accreditation, by: "tesda")
            try network.ph.seal(at: .noon("2026-11-10"))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "withdrawn between award and batch, not countersigned",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) { try lateBatch(countersigned: nil) },
        Scenario("withdrawn between award and batch, countersigned", [], exit: 0) {
            try lateBatch(countersigned: "tesda")
        },
        Scenario(
            "withdrawn between award and batch, countersigned by a stranger",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) { try lateBatch(countersigned: "stranger") },
        Scenario("withdrawn from a later day, awarded and logged before it", [], exit: 0) {
            var network = try SampleNetwork()
            try network.publishList(1)
            try network.ph.withdraw(network.accreditation, by: "tesda", from: "2027-01-01")
            try network.ph.seal(at: .noon("2026-10-20"))
            let file = try network.issue([network.award()])[0]
            try network.ph.seal(at: .noon("2026-11-03"))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "accreditation annulled after the batch",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.withdraw(network.accreditation, by: "tesda", annul: true)
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "withdrawn for the future, annulled later",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.withdraw(network.accreditation, by: "tesda", from: "2027-01-01")
            try network.ph.withdraw(network.accreditation, by: "tesda", annul: true)
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("withdrawn by a stranger: no effect", [], exit: 0) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.withdraw(network.accreditation, by: "stranger")
            try network.ph.withdraw(
                network.accreditation, by: "tesda", signedBy: [SampleKeys.signer("stranger")])
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "withdrawn, not yet seen by a quorum: counts at once",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) {
            var network = try SampleNetwork()
            try network.publishList(1)
            let file = try network.issue([network.award("2026-11-24")])[0]
            try network.refresh()
            try network.ph.withdraw(network.accreditation, by: "tesda")
            return try network.verify(file)
        },
        Scenario(
            "a qualification that nobody registered",
            [
                "issuer undetermined qualification-unknown"
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award { $0.version = "TR 1999" }])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "no batch named",
            [
                "issuer undetermined not-in-batch", "credential undetermined not-in-batch",
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(CredentialFile(credential: file.credential))
        },
        Scenario(
            "the batch is beyond the copy",
            [
                "issuer undetermined batch-not-held", "credential undetermined batch-not-held",
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award()])[0]
            return try network.verify(file)
        },
        Scenario(
            "the batch is another body's",
            [
                "issuer failed batch-of-another-body", "credential failed batch-path",
            ], exit: 1
        ) {
            var (network, file) = try SampleNetwork.standard()
            let key = try SampleKeys.signer("ph.other")
            try network.ph.add(
                "accreditation", by: "tesda", about: ["ph.other", "q.ph.smaw-nc2"],
                SampleActs.accreditation("ph.other", key.verifier))
            let other = try network.issue(
                [network.award { $0.issuer = "ph.other" }], body: "ph.other")[0]
            try network.refresh()
            file.batch = other.batch
            return try network.verify(file)
        },
        Scenario(
            "a batch signed with a key that was never granted",
            [
                "issuer undetermined batch-not-held", "credential undetermined batch-not-held",
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue(
                [network.award()], by: SampleKeys.signer("ph.centre", seed: "thief"))[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "a batch of days for which the body was not accredited",
            [
                "issuer failed batch-without-effect"
            ], exit: 1
        ) {
            var network = try SampleNetwork()
            try network.publishList(1)
            let award = try network.award()
            let batch = try network.issue([award])[0]
            let file = try network.reissue(
                batch, of: award, earliest: "2010-01-01", latest: "2010-01-02")
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "awarded on a day that the batch does not state",
            [
                "issuer failed award-date-outside-batch"
            ], exit: 1
        ) {
            var network = try SampleNetwork()
            try network.publishList(1)
            let award = try network.award()
            let batch = try network.issue([award])[0]
            let file = try network.reissue(
                batch, of: award, earliest: "2026-10-01", latest: "2026-11-01")
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("awarded after the log had it", ["issuer failed awarded-after-logging"], exit: 1) {
            var network = try SampleNetwork()
            try network.publishList(1)
            let file = try network.issue([network.award("2026-11-20")])[0]
            try network.ph.seal(at: .noon("2026-11-03"))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "back-dated: logged long after the award",
            [
                "issuer undetermined logged-late"
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award("2024-11-02")])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "calls itself an archive confirmation without being allowed to",
            [
                "issuer undetermined logged-late"
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue(
                [network.award("2024-11-02") { $0.archive = "register-4-page-12" }])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("an archive confirmation", [], exit: 0) {
            var network = try SampleNetwork(archive: true)
            try network.publishList(1)
            let file = try network.issue(
                [network.award("2024-11-02") { $0.archive = "register-4-page-12" }])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("declared void", ["issuer failed voided"], exit: 1) {
            try event(["void"], from: "2026-11-01", until: "2026-11-30")
        },
        Scenario("declared void for other days", [], exit: 0) {
            try event(["void"], from: "2026-11-03", until: "2026-11-30")
        },
        Scenario(
            "declared void for a site, the site not known",
            [
                "issuer undetermined voided"
            ], exit: 2
        ) { try event(["void"], site: "makati") },
        Scenario("suspended", ["issuer undetermined suspended"], exit: 2) {
            try event(["suspend"])
        },
        Scenario("suspended and reinstated", [], exit: 0) { try event(["suspend", "reinstate"]) },
        Scenario("declared void, then reinstated: void stays", ["issuer failed voided"], exit: 1) {
            try event(["void", "reinstate"])
        },
        Scenario("the batch was withdrawn", ["issuer failed voided"], exit: 1) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.withdraw(file.batch?.entryIndex ?? 0, by: SampleNetwork.body)
            try network.refresh()
            return try network.verify(file)
        },
    ]

    private static func lateBatch(countersigned signer: String?) throws -> Verdict {
        var network = try SampleNetwork()
        try network.publishList(1)
        try network.ph.withdraw(network.accreditation, by: "tesda")
        try network.ph.seal(at: .noon("2026-11-10"))
        let others = try signer.map { [try SampleKeys.signer($0)] } ?? []
        let file = try network.issue([network.award()], countersignedBy: others)[0]
        try network.ph.seal(at: .noon("2026-11-12"))
        try network.refresh()
        return try network.verify(file)
    }

    private static func event(
        _ events: [String], site: String? = nil, from: String? = nil, until: String? = nil
    ) throws -> Verdict {
        var (network, file) = try SampleNetwork.standard()
        for event in events {
            try network.ph.add(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event(
                    event, about: SampleNetwork.body, site: site, from: from, until: until))
        }
        try network.refresh()
        return try network.verify(file)
    }
}

extension SampleNetwork {
    /// The same tree once more in the log, with other days stated.
    mutating func reissue(
        _ file: CredentialFile, of award: QualificationCredential, earliest: String, latest: String
    ) throws -> CredentialFile {
        guard let path = file.batch, case .batch(let batch) = ph.entries[Int(path.entryIndex)].act
        else { throw SampleError.noFile }
        let index = try ph.add(
            "batch", by: SampleNetwork.body, about: [SampleNetwork.body],
            [
                "body": .string(batch.body), "list": .string(batch.statusList),
                "count": .integer(Int64(batch.count)), "earliest": .string(earliest),
                "latest": .string(latest), "root": .string(batch.root.hexadecimal),
            ])
        return CredentialFile(
            credential: file.credential,
            batch: BatchPath(
                origin: path.origin, entryIndex: index, leafIndex: path.leafIndex,
                hashes: path.hashes))
    }
}
