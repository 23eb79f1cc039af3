import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import TransparencyLog
import Verification

extension Scenario {
    static let dossier: [Scenario] = [
        Scenario(
            "a dossier of a bound credential, made ahead",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let key = try SampleKeys.signing("ana").verificationKey
            let file = try network.issue([network.award { $0.holderKey = JSONWebKey(key) }])[0]
            try network.refresh()
            return try network.verify(network.dossier(file))
        },
        Scenario("no extract", ["logs undetermined extract-missing"], exit: 2) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(network.dossier(file, withExtract: false))
        },
        Scenario(
            "an extract signed by one holder where two are asked for",
            [
                "logs undetermined extract-signature"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(network.dossier(file, signedBy: ["hold-a"]))
        },
        Scenario(
            "an extract signed twice by one holder",
            [
                "logs undetermined extract-signature"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(network.dossier(file, signedBy: ["hold-a", "hold-a"]))
        },
        Scenario(
            "an extract signed by a stranger",
            [
                "logs undetermined extract-signature"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(network.dossier(file, signedBy: ["hold-a", "stranger"]))
        },
        Scenario(
            "an extract about less than the question",
            [
                "logs undetermined extract-incomplete"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            let dossier = try network.dossier(
                file, subjects: SampleNetwork.subjects.subtracting(["isco:7212"]))
            return try network.verify(dossier, SampleNetwork.visa)
        },
        Scenario(
            "an extract about somebody else",
            [
                "logs undetermined extract-incomplete", "issuer undetermined awarding-body-unknown",
                "credential undetermined awarding-body-unknown",
                "status undetermined status-missing",
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(network.dossier(file, subjects: ["ph.other"]))
        },
        Scenario(
            "the holder leaves the withdrawal out",
            [
                "logs undetermined extract-mismatch"
            ], exit: 2
        ) {
            var network = try SampleNetwork()
            try network.publishList(1)
            let withdrawn = try network.ph.withdraw(network.accreditation, by: "tesda")
            try network.ph.seal(at: .noon("2026-11-10"))
            let file = try network.issue([network.award("2026-11-02")])[0]
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") { $0.index == withdrawn ? nil : $0 })
        },
        Scenario(
            "the holder leaves the suspension out",
            [
                "logs undetermined extract-mismatch"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let event = try network.ph.add(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event("suspend", about: SampleNetwork.body))
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") { $0.index == event ? nil : $0 })
        },
        Scenario(
            "the holder leaves an act of an unknown kind out",
            [
                "logs undetermined extract-mismatch"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let entry = try network.ph.unknown(about: SampleNetwork.body, by: "tesda")
            let index = network.ph.append(entry)
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") { $0.index == index ? nil : $0 })
        },
        Scenario(
            "the holder leaves the end of the accreditor's mandate out",
            [
                "logs undetermined extract-mismatch"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let mandate = network.ph.entries.firstIndex { $0.envelope.kind == "mandate" } ?? 0
            let end = try network.ph.withdraw(UInt64(mandate), by: network.ph.root.verifier.name)
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") { $0.index == end ? nil : $0 })
        },
        Scenario(
            "the holder leaves the compromise of the accreditor's key out",
            [
                "logs undetermined extract-mismatch"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let root = network.ph.root.verifier.name
            let event = try network.ph.add(
                "status-event", by: root, about: ["tesda"],
                SampleActs.event(
                    "compromise", about: "tesda", key: SampleKeys.signer("tesda").verifier,
                    since: Int64(network.accreditation)))
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") { $0.index == event ? nil : $0 })
        },
        Scenario(
            "an old list beside a fresh extract",
            [
                "status undetermined status-not-current"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let list = try network.publishList(2, [7: .invalid])
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") { $0.index == list ? nil : $0 })
        },
        Scenario(
            "an old list, and a withdrawal left out",
            [
                "logs undetermined extract-mismatch"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let event = try network.ph.add(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event("void", about: SampleNetwork.body))
            let list = try network.publishList(2, [7: .invalid])
            try network.refresh()
            return try network.verify(
                network.dossier(file).replacing("PH") {
                    $0.index == list || $0.index == event ? nil : $0
                })
        },
        Scenario("a dossier of a week, where nobody can be hurt", [], exit: 0) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                network.dossier(file), at: SampleNetwork.now + 7 * 86_400 + -3_600)
        },
        Scenario("an older dossier", ["logs undetermined stale"], exit: 2) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                network.dossier(file), at: SampleNetwork.now + 7 * 86_400 + -3_599)
        },
        Scenario(
            "a dossier of two days, where someone can be hurt",
            [
                "logs undetermined stale"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                network.dossier(file), SampleNetwork.visa, at: SampleNetwork.now + 2 * 86_400)
        },
        Scenario("an old copy of the destination's log", ["logs undetermined stale"], exit: 2) {
            var (network, file) = try SampleNetwork.standard()
            let later = SampleNetwork.now + 30 * 86_400
            try network.ph.seal(at: later)
            return try network.verify(network.dossier(file), at: later)
        },
        Scenario(
            "a dossier of logs without witnesses has no age",
            [
                "logs undetermined stale", "issuer undetermined logged-late",
            ], exit: 2
        ) {
            var network = try SampleNetwork(isWitnessed: false)
            try network.publishList(1)
            let file = try network.issue([network.award()])[0]
            try network.refresh()
            return try network.verify(
                network.dossier(file), at: SampleNetwork.now + 40 * 86_400)
        },
        Scenario("the extract knows of a split view", ["logs undetermined split-view"], exit: 2) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                network.dossier(file, splitViews: ["\(network.ph.origin) aa"]))
        },
    ]
}

extension SampleLog {
    /// A critical act of a kind that this version does not know.
    func unknown(about subject: String, by author: String) throws -> RegistryEntry {
        let text =
            #"{"type":"entry","id":"00112233445566778899aabbccddeeff","origin":"\#(origin)","#
            + #""kind":"shortage-list","critical":true,"by":"\#(author)","subjects":["\#(subject)"],"#
            + #""act":{}}"# + "\n"
        let note = try SignedNote(
            text: text, signatures: [SampleKeys.signer(author).sign(text)])
        return try RegistryEntry(parsing: note.serialized)
    }
}
