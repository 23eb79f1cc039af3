import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import TransparencyLog
import Verification

extension Scenario {
    static let status: [Scenario] = [
        Scenario("revoked", ["status failed revoked"], exit: 1) { try listed(.invalid) },
        Scenario("suspended on the list", ["status undetermined suspended"], exit: 2) {
            try listed(.suspended)
        },
        Scenario("replaced", ["status failed replaced"], exit: 1) { try listed(.replaced) },
        Scenario("a status that nobody knows", ["status undetermined status-unknown"], exit: 2) {
            try listed(.unknown(9))
        },
        Scenario("a place beyond the list", ["status undetermined status-unknown"], exit: 2) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award(index: 1_024)])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "another list than the batch's",
            [
                "status undetermined status-unknown"
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let other = "urn:concord:status:ph.centre:never-updated"
            try network.publishList(1, list: other)
            let file = try network.issue(
                [network.award { $0.status = StatusReference(uri: other, index: 7) }])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("no list in the log", ["status undetermined status-missing"], exit: 2) {
            var network = try SampleNetwork()
            let file = try network.issue([network.award()])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("the list is named but not here", ["status undetermined status-missing"], exit: 2)
        {
            var (network, file) = try SampleNetwork.standard()
            network.lists = [:]
            return try network.verify(file)
        },
        Scenario(
            "the newest list is not here, the one before is",
            [
                "status undetermined status-missing"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            let old = network.lists
            try network.publishList(2, [7: .invalid])
            try network.refresh()
            network.lists = old
            return try network.verify(file)
        },
        Scenario(
            "a list that a stranger signed",
            [
                "status undetermined status-signature"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(
                2, token: SampleNetwork.token(key: SampleKeys.signing("stranger")))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("a list of another id", ["status undetermined status-signature"], exit: 2) {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(
                2,
                token: SampleNetwork.token(
                    list: "urn:other", key: SampleKeys.signing(SampleNetwork.body)))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("a list published by another body: no effect", ["status failed revoked"], exit: 1)
        {
            var (network, file) = try SampleNetwork.standard()
            let key = try SampleKeys.signer("ph.other")
            try network.ph.add(
                "accreditation", by: "tesda", about: ["ph.other", "q.ph.smaw-nc2"],
                SampleActs.accreditation("ph.other", key.verifier))
            // It takes the id with a high number, so that revocations would find no place.
            try network.publishList(1 << 40, body: "ph.other")
            try network.publishList(2, [7: .invalid])
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("an expired list", ["status undetermined status-not-current"], exit: 2) {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(
                2,
                token: SampleNetwork.token(
                    key: SampleKeys.signing(SampleNetwork.body), expires: SampleNetwork.now))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("a revocation that no quorum has seen counts", ["status failed revoked"], exit: 1)
        {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(2, [7: .invalid])
            return try network.verify(file)
        },
        Scenario(
            "a list that lifts a revocation counts only with a quorum",
            [
                "status failed revoked"
            ], exit: 1
        ) {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(2, [7: .invalid])
            try network.refresh()
            try network.publishList(3)
            return try network.verify(file)
        },
        Scenario("a closed body's list by its accreditor", ["status failed revoked"], exit: 1) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.withdraw(network.accreditation, by: "tesda")
            try network.publishList(2, [7: .invalid], by: "tesda")
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("a closed body's own list has no effect", ["status failed revoked"], exit: 1) {
            var (network, file) = try SampleNetwork.standard()
            try network.publishList(2, [7: .invalid])
            try network.ph.withdraw(network.accreditation, by: "tesda")
            try network.publishList(3)
            try network.refresh()
            return try network.verify(file)
        },
    ]

    private static func listed(_ status: Status) throws -> Verdict {
        var (network, file) = try SampleNetwork.standard()
        try network.publishList(2, [7: status])
        try network.refresh()
        return try network.verify(file)
    }
}
