import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Registry
import Testing
import TransparencyLog

@testable import concord

/// `POST /entries`: what the log's rules refuse is no failure of the node.
@Suite(.serialized) struct EntryDeskTests {
    private let stage: StatementStage
    private let office: Office

    init() throws {
        stage = try StatementStage()
        try stage.found()
        office = try Office(opening: NodeDirectory(stage.path("de")), passphrase: nil)
    }

    private func answer(_ change: (inout JSONObject) -> Void) async throws -> (Int, String) {
        var act: JSONObject = [
            "jurisdiction": "DE", "purposes": ["visa-skill"], "target": ["occ": "7212"],
            "entry": [["p": "award-qual", "in": ["de.welder"]]], "effect": "right",
            "since": "2020-01-01",
        ]
        change(&act)
        var generator = SystemRandomNumberGenerator()
        let entry = try ActDraft(
            kind: "equivalence", author: StatementStage.authority,
            subjects: ["de.welder", "isco:7212", "DE"], act: act
        ).entry(
            for: office.card.pin.origin,
            signedBy: [stage.signer(StatementStage.authority)], using: &generator)
        let answer = await EntryDesk(office: office).answer(entry.serialized)
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    @Test func declinesWithTheRuleAndTheMember() async throws {
        let good = try await answer { _ in }
        #expect(good.0 == 200)
        for (hints, change) in [
            (["[outside-mandate]", "jurisdiction", "P1"], { $0["jurisdiction"] = "AT" }),
            (
                ["[contradictory]", "effect", "P6"],
                {
                    $0["effect"] = "refuse"
                    $0["differences"] = ["U1"]
                }
            ),
            (["[malformed]", "purposes[0]"], { $0["purposes"] = ["visaskill"] }),
        ] as [([String], (inout JSONObject) -> Void)] {
            let (status, text) = try await answer(change)
            #expect(status == 403)
            for hint in hints { #expect(text.contains(hint), "\(text)") }
        }
    }
}
