import Cryptography
import Encoding
import Foundation
import Registry
import Storage
import Sync
import Testing
import TransparencyLog

@testable import Registrar

/// A log keeps what has no effect, and its reader is told why it has none.
@Suite(.serialized) struct LogShowTests {
    private let stage: StatementStage
    private let office: Office
    private let signer: NoteSigner

    init() throws {
        stage = try StatementStage()
        try stage.found()
        office = try Office(opening: NodeDirectory(stage.path("de")), passphrase: nil)
        signer = try stage.signer(StatementStage.authority)
    }

    private static let equivalence: JSONObject = [
        "jurisdiction": "DE", "purposes": ["visa-skill"], "target": ["occ": "7212"],
        "entry": [["p": "award-qual", "in": ["de.welder"]]], "effect": "right",
        "since": "2020-01-01",
    ]

    private func entry(
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> RegistryEntry {
        var act = Self.equivalence
        change(&act)
        var generator = SystemRandomNumberGenerator()
        return try ActDraft(
            kind: "equivalence", author: StatementStage.authority,
            subjects: ["de.welder", "isco:7212", "DE"], act: act
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
    }

    /// What a node's own rules refuse, somebody else's program writes into its log all the same.
    private func write(_ entries: [RegistryEntry]) async throws {
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let origin = office.card.pin.origin
        let size = try office.database.read { try $0.log(origin)?.size ?? 0 }
        let new = entries.map { entry in
            NewEntry(
                bytes: entry.serialized, identity: entry.identity, kind: entry.envelope.kind,
                subjects: entry.envelope.subjects)
        }
        try await office.writing(at: now, buddy: nil) { publisher in
            try await publisher.publish(new, expecting: size)
        }
    }

    @Test func saysUnderEachEntryWhyItCountsForLess() async throws {
        let known = try entry()
        // Under an id of its own, or it would be told as a duplicate.
        let text = try entry().note.text.replacing("\"effect\":", with: "\"moon\":3,\"effect\":")
        let strange = try RegistryEntry(
            parsing: SignedNote(text: text, signatures: [signer.sign(text)]).serialized)
        try await write([
            try entry { $0["jurisdiction"] = "AT" }, known,
            try entry {
                $0["effect"] = "refuse"
                $0["differences"] = ["U1"]
            }, strange,
            try entry { $0["entry"] = [["p": "min-months", "n": 3, "tier": "gold"]] },
        ])
        let shown = try stage.run(0, ["log", "show", "--node", stage.path("de")]).text
        for hint in [
            "advice at most: its author has no mandate for this act, subject and day "
                + "[outside-mandate]; the member jurisdiction breaks rule P1",
            "contradicts entry", "no side is taken (P6)",
            "no effect: this version does not know its kind or one of its members "
                + "[unknown-kind]", "act.moon",
            "what it touches is undetermined here: the member entry[0] is not understood",
        ] {
            #expect(shown.contains(hint), "\(hint) in \(shown)")
        }
        // What counts stands without a remark.
        let accreditation = try stage.run(
            0, ["log", "show", "--node", stage.path("de"), "--kind", "accreditation"]
        ).text
        #expect(accreditation.split(separator: "\n").count == 2)
    }
}
