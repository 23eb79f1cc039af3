import Cryptography
import Encoding
import Language
import Registry
import TestSupport
import Testing

@testable import Pages

/// The pages of what acts name: authorities, bodies, frameworks.
@Suite struct NamedPagesTests {
    private let atlas: Atlas
    private let context: PageContext
    private let batch: UInt64

    init() throws {
        var network = try SampleNetwork()
        _ = try network.issue([network.award()])
        try network.ph.add(
            "framework", by: "tesda", about: ["fw.ph"],
            ["framework": "fw.ph", "names": ["en": "Sample Framework"], "levels": 8])
        try network.ph.add(
            "referencing", by: "tesda", about: ["fw.ph", "fw.asean"],
            [
                "from": "fw.ph", "to": "fw.asean", "status": "draft",
                "rows": [["from": ["2"], "to": ["3"], "relation": "within"]],
            ])
        batch = UInt64(network.ph.entries.firstIndex { $0.envelope.kind == "batch" } ?? 0)
        atlas = Atlas(
            [network.ph, network.de].map { log in
                let acts = log.entries.enumerated().map { index, entry in
                    StandingAct(
                        logged: LoggedEntry(
                            entry: entry, index: UInt64(index), loggedTime: SampleNetwork.now,
                            isWitnessed: true), isMandated: true)
                }
                return Atlas.Log(
                    country: log.country, origin: log.origin,
                    originHash: .init(of: log.origin.utf8), size: log.size,
                    quorumTime: SampleNetwork.now, isFrozen: false, acts: acts)
            }, on: SampleNetwork.now.day)
        context = try PageFrameTests.context("en", chosen: false)
    }

    private func page(_ address: PageAddress) throws -> (html: String, document: JSONObject) {
        let page = try #require(Page.named(at: address, atlas, in: context))
        return (page.main.map(\.source).joined(), try #require(page.document.object))
    }

    @Test func tellsWhatAnAuthorityMayDoAndWhatItDid() throws {
        let (html, document) = try page(.authority("tesda"))
        // In words, not in codes.
        #expect(html.contains("<li>accredit bodies</li>") && html.contains("q.ph.*"))
        #expect(html.contains("href=\"/registry/bodies/ph.centre\""))
        #expect(html.contains("comparison of frameworks"))
        let mandate = try #require(document["mandates"]?.array?.first?.object)
        #expect(mandate["by"]?.string?.contains("root") == true)
        #expect(mandate["may"] == ["accredit", "award", "register"])
        #expect(mandate["standing"] == "stands")
        let kinds = (document["acts"]?.array ?? []).compactMap { $0.object?["kind"]?.string }
        #expect(kinds == ["referencing", "framework", "accreditation", "qualification"])
    }

    @Test func tellsWhoAccreditedABodyAndWhatItSigned() throws {
        let (html, document) = try page(.body("ph.centre"))
        #expect(html.contains("href=\"/registry/authorities/tesda\""))
        #expect(html.contains("batch of awards"))
        let accreditation = try #require(document["accreditations"]?.array?.first?.object)
        #expect(accreditation["by"] == "tesda")
        #expect(accreditation["qualifications"] == ["q.ph.smaw-nc2"])
        let acts = (document["acts"]?.array ?? []).compactMap { $0.object?["act"]?.string }
        #expect(acts.contains { $0.hasSuffix("/\(batch).json") })
    }

    @Test func tellsTheLevelsOfAFrameworkAndOfOneThatIsOnlyCompared() throws {
        let (html, document) = try page(.framework("fw.ph"))
        #expect(html.contains("lies within"))
        #expect(document["levels"] == 8)
        #expect(document["referencings"]?.array?.count == 1)
        let other = try page(.framework("fw.asean"))
        #expect(other.document["levels"] == nil)
        #expect(other.document["referencings"]?.array?.count == 1)
        #expect(other.html.contains("⊂ 2"))
    }

    @Test(arguments: [
        PageAddress.authority("ph.centre"), .body("tesda"), .framework("q.ph.smaw-nc2"),
        .authority("nobody"), .body("nobody"), .framework("nobody"),
    ])
    func hasNoPageForWhatNoActNames(_ address: PageAddress) {
        #expect(Page.named(at: address, atlas, in: context) == nil)
    }

    /// An entry that a sentence names is a link where its act has a page, else text.
    @Test func linksTheEntriesOfLogsThatAreHere() throws {
        let acts = CitedActs(atlas, in: context)
        func html(_ index: UInt64, _ origin: String) -> String {
            acts.html(Message(.placeEntry, ["entry": .number(index), "origin": .text(origin)]))
                .map(\.source).joined()
        }
        let log = try #require(atlas.logs.first)
        #expect(
            html(batch, log.origin)
                == "<a href=\"/registry/acts/\(log.originHash.hexadecimal)/\(batch)\">entry "
                + "\(batch) of \(log.origin)</a>")
        #expect(!html(log.size, log.origin).contains("<a"))
        #expect(!html(0, "sample.example/xx/1").contains("<a"))
        // A sentence that names no log: none of whom it speaks, no link.
        let nameless = Message(.checkCredentialPassed, ["entry": .number(batch)])
        #expect(acts.html(nameless).map(\.source).joined() == context.text(nameless))
    }

    /// Nobody takes the first two hundred for all.
    @Test func saysThatATableIsNotWhole() {
        func html(_ count: Int) -> String {
            Page.longTable(.registryBodies, [.registryAct], 0..<count, in: context) {
                [.cell(HTML("row \($0)"))]
            }.map(\.source).joined()
        }
        #expect(html(0).isEmpty)
        let more = Page.more(in: context).source
        #expect(html(Page.listLimit).contains("row 199") && !html(Page.listLimit).contains(more))
        let long = html(Page.listLimit + 1)
        #expect(long.contains("row 199") && !long.contains("row 200") && long.contains(more))
    }
}
