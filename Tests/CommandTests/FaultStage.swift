import Cryptography
import Foundation
import Testing

/// A country that publishes and another that copies and witnesses it, both served, whose
/// commands may meet faults. Nothing is set back between two faults: one history goes through
/// all of them.
final class FaultStage {
    static let origin = "sample.concord.example/ph/1"

    let corridor: Corridor
    private var roots: [UInt64: String] = [:]

    init() throws {
        corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        try corridor.add("ph", to: "de")
    }

    var publish: [String] {
        let act = ConcordProcess.repository.appending(path: "Nodes/PH/acts/01-country.json").path
        return ["publish", "file", act, "--node", corridor.path("ph")]
    }

    var follow: [String] { ["sync", "--node", corridor.path("de")] }

    /// The size of the log as a node serves it; every size has one root, ever.
    func size(at country: String, _ note: Comment) throws -> UInt64 {
        let path = "/\(HashValue(of: Self.origin.utf8).hexadecimal)/checkpoint"
        let served = try #require(corridor.nodes[country]).get(path)
        let lines = String(decoding: served, as: UTF8.self).split(separator: "\n")
        try #require(lines.count > 2, note)
        let size = try #require(UInt64(lines[1]), note)
        let root = String(lines[2])
        if let known = roots[size] { #expect(known == root, note) }
        roots[size] = root
        return size
    }

    /// The store of a node is whole.
    func check(_ country: String, _ note: Comment) throws {
        let outcome = try ConcordProcess.run(["log", "check", "--node", corridor.path(country)])
        #expect(outcome.code == 0, note)
        #expect(!outcome.text.contains("frozen"), note)
    }

    /// A command that meets no fault.
    func succeed(_ arguments: [String], _ note: Comment) throws {
        let outcome = try ConcordProcess.run(arguments)
        #expect(outcome.code == 0, "\(note): \(outcome.complaint)")
    }

    /// A command that a fault did not kill says in one line what is wrong, or has worked.
    func judge(_ outcome: ConcordProcess.Outcome, _ fault: DiskFault, _ note: Comment) {
        guard fault != .killed else { return }
        #expect(outcome.code != nil, "\(note): crashed, \(outcome.complaint)")
        guard outcome.code != 0 else { return }
        #expect(
            outcome.complaintLines.contains { $0.hasPrefix("concord: ") },
            "\(note): \(outcome.complaint)")
    }

    func stop() {
        for country in ["ph", "de"] { #expect(corridor.stop(country) == 0, "\(country)") }
    }
}
