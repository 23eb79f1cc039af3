import Credentials
import Encoding
import Recognition
import Registry
import TestSupport
import Verification

extension Scenario {
    static let worth: [Scenario] = [
        Scenario("free to work where nothing regulates it", [], exit: 0) {
            try asked(.employ) { _ in }
        },
        Scenario("granted for a visa", [], exit: 0) { try asked(.visaSkill) { _ in } },
        Scenario("conditional is authentic and not green", [], exit: 3) {
            try asked(.title) { de in
                try de.add(
                    "equivalence", by: "de.ihk", about: ["q.ph.smaw-nc2", "isco:7212"],
                    SampleActs.equivalence(
                        "DE", purposes: ["title"],
                        conditions: [["p": "language", "id": "b1", "lang": "de", "level": "B1"]]))
            }
        },
        Scenario("nothing known is undetermined", ["worth undetermined not-decided"], exit: 2) {
            try asked(.studyAccess) { _ in }
        },
        Scenario("contradicting statements", ["worth undetermined not-decided"], exit: 2) {
            try asked(.visaSkill) { de in
                try de.add(
                    "equivalence", by: "de.ihk", about: ["q.ph.smaw-nc2", "isco:7212"],
                    SampleActs.equivalence(
                        "DE", effect: "refuse", differences: ["no practical test"]))
            }
        },
        Scenario(
            "the anchor of another country cannot say",
            [
                "worth undetermined not-decided"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                file,
                VerificationQuestion(destination: "FR", purpose: .employ, target: Target([:])))
        },
        Scenario("a part of the country is bound by the country", [], exit: 0) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                file,
                VerificationQuestion(destination: "DE-BY", purpose: .visaSkill, target: Target([:]))
            )
        },
        Scenario(
            "an award of some units is not the qualification",
            [
                "worth undetermined not-decided"
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award { $0.units = ["MEE721399"] }])[0]
            try network.refresh()
            return try network.verify(file, SampleNetwork.visa)
        },
        Scenario("revoked and granted is invalid", ["status failed revoked"], exit: 1) {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(2, [7: .invalid])
            try network.refresh()
            return try network.verify(file, SampleNetwork.visa)
        },
    ]

    private static func asked(
        _ purpose: Purpose, _ change: (inout SampleLog) throws -> Void
    ) throws -> Verdict {
        var (network, file) = try SampleNetwork.standard()
        try change(&network.de)
        try network.refresh()
        return try network.verify(
            file,
            VerificationQuestion(
                destination: "DE", purpose: purpose, target: Target(["occ": "7212"])))
    }
}
