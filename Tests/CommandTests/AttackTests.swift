import Attack
import Encoding
import Foundation
import TestSupport
import Testing

/// The self-attack: it passes on this program, and would not on a worse one.
@Suite(.serialized) struct AttackTests {
    @Test(.timeLimit(.minutes(10))) func refusesEveryAttackAndVerifiesWhatIsHonest() throws {
        let outcome = try ConcordProcess.run(["attack", "--json"], seconds: 500)
        let lines = try #require(
            try JSONValue(
                parsing: outcome.output, limits: JSONLimits(size: 1 << 20, depth: 4)
            ).array)
        for line in lines {
            let line = try #require(line.object)
            let id = line["id"]?.string ?? ""
            let found = line["found"]?.string ?? ""
            #expect(line["asExpected"]?.bool == true, "\(id): \(found)")
        }
        #expect(outcome.code == 0, "\(outcome.complaint)")
        #expect(lines.count == AttackSuite.all.count)
    }

    @Test func playsEveryFailureOfTheList() {
        let ids = AttackSuite.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        let numbers = Set(ids.map { $0.prefix { $0 != "-" } })
        for number in 1...28 { #expect(numbers.contains("F\(number)"), "F\(number)") }
        #expect(AttackSuite.all.count { $0.isControl } >= 8)
    }

    @Test func playsOnlyWhatIsAskedForAndNamesWhatThereIs() throws {
        let one = try ConcordProcess.run(["attack", "--only", "F7"], seconds: 300)
        #expect(one.code == 0)
        #expect(one.text.hasPrefix("refused   F7 "))
        #expect(one.text.contains("[no-registry-data]"))
        #expect(one.text.split(separator: "\n").count == 2)
        let none = try ConcordProcess.run(["attack", "--only", "F99"])
        #expect(none.code == 64)
        #expect(none.complaint.contains("F17-link"))
    }

    /// Verdicts that a weakened program might give on everything.
    enum Weakness: String, CaseIterable {
        case acceptsAll = #"{"word":"authentic","exitCode":0,"checks":[]}"#
        case refusesAll =
            #"{"word":"invalid","exitCode":1,"checks":[{"check":"form","reason":"malformed"}]}"#

        var code: Int { self == .acceptsAll ? 0 : 1 }
    }

    /// The program with one command exchanged, under a name of its own.
    private func weakened(_ weakness: Weakness, in folder: TemporaryFolder) throws -> String {
        let path = folder.path("concord")
        let script = """
            #!/bin/sh
            if [ "$1" = verify ]; then
                echo '\(weakness.rawValue)'
                exit \(weakness.code)
            fi
            exec '\(ConcordProcess.binary.path)' "$@"

            """
        try Data(script.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    /// A program that says the name that is printed, and not the one that is signed.
    @Test(.timeLimit(.minutes(10))) func findsOutAProgramThatBelievesThePage() async throws {
        let folder = try TemporaryFolder()
        let program = folder.path("concord")
        let script = """
            #!/bin/sh
            if [ "$1" = verify ]; then
                '\(ConcordProcess.binary.path)' "$@" > '\(folder.path("answer"))'
                code=$?
                sed 's/Testina Exemplar/Juan Halimbawa/g' '\(folder.path("answer"))'
                exit $code
            fi
            exec '\(ConcordProcess.binary.path)' "$@"

            """
        try Data(script.utf8).write(to: URL(filePath: program))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: program)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("concord-paper"),
            withDestinationPath: ConcordProcess.binary.deletingLastPathComponent()
                .appending(path: "concord-paper").path)
        let chosen = AttackSuite.all.filter { $0.id == "F26" }
        #expect(chosen.count == 1)
        try await AttackSuite.play(chosen, against: program) { outcome in
            #expect(!outcome.isAsExpected, "\(outcome.line)")
            #expect(outcome.line.contains("the printed name was believed"), "\(outcome.line)")
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: Weakness.allCases)
    func findsOutAWeakenedProgram(_ weakness: Weakness) async throws {
        let folder = try TemporaryFolder()
        let program = try weakened(weakness, in: folder)
        let chosen = AttackSuite.all.filter { attack in
            ["C", "F1-file", "F5", "F11", "F16", "F22", "D"].contains {
                attack.id.hasPrefix($0)
            }
        }
        var wrong: [Bool: Int] = [:]
        try await AttackSuite.play(chosen, against: program) { outcome in
            let isControl = outcome.attack.isControl
            #expect(
                outcome.isAsExpected == (weakness == .acceptsAll && isControl),
                "\(outcome.line)")
            wrong[isControl, default: 0] += outcome.isAsExpected ? 0 : 1
        }
        #expect(wrong[false] ?? 0 > 15)
        #expect(wrong[true] ?? 0 == (weakness == .acceptsAll ? 0 : 5))
    }
}
