import Testing

/// How the repository is laid out, so that a newcomer's one guess finds the file.
@Suite struct LayoutTests {
    private static let sources =
        Checkout.files(under: "Sources", endingWith: ".swift")
        + Checkout.files(under: "Tests", endingWith: ".swift")

    @Test func keepsFilesShort() throws {
        #expect(Self.sources.count > 50)
        for file in Self.sources {
            // A language is one file and the list of keys one enumeration, a line a text.
            if file.hasPrefix("Sources/Language/Languages/") || file.hasSuffix("/MessageKey.swift")
            {
                continue
            }
            let count = try Checkout.lines(of: file).count - 1
            #expect(count <= 400, "\(file)")
        }
    }

    @Test func namesFilesForOneNoun() {
        let vague = ["util", "helper", "common", "manager", "misc", "extensions", "models"]
        for file in Self.sources {
            let name = String(file.split(separator: "/").last?.dropLast(6) ?? "")
            #expect(
                name.wholeMatch(of: /[A-Z][A-Za-z0-9]*(\+[A-Z][A-Za-z0-9]*)?/) != nil, "\(file)")
            for word in vague {
                #expect(!name.lowercased().hasSuffix(word), "\(file)")
            }
        }
        let names = Self.sources.filter { $0.hasPrefix("Sources/") }
            .map { $0.split(separator: "/").dropFirst().joined(separator: "/") }
        #expect(Set(names).count == names.count)
    }

    @Test func namesNoTypeForItsModule() throws {
        for file in Self.sources where file.hasPrefix("Sources/") {
            let target = file.split(separator: "/")[1]
            for line in try Checkout.lines(of: file) where line.contains(" \(target)") {
                let match = line.prefixMatch(
                    of: /(?:public |final |indirect )*(?:struct|enum|class|actor|protocol) (\w+)/)
                #expect(match?.1 != target, "\(file) declares \(target)")
            }
        }
    }

    @Test func givesEachTestFileItsTarget() throws {
        let targets = try Checkout.names(in: "Sources").map { "\($0)Tests" }
        let others = [
            "CommandTests", "FaultScenarios.md", "Fuzzing", "Fuzzing.md", "FuzzingTests",
            "OutsideJudge", "PowerLoss", "RepositoryTests",
            "Simulation", "SimulationTests", "TestSupport", "fuzz", "run", "setup",
        ]
        for name in try Checkout.names(in: "Tests") where !name.hasPrefix(".") {
            #expect(targets.contains(name) || others.contains(name), "Tests/\(name)")
        }
    }

    @Test func keepsTheTopLevelAsAgreed() throws {
        let agreed = [
            "LICENSE", "Nodes", "Package.resolved", "Package.swift", "Protocol", "README.md",
            "Sources", "Tests",
        ]
        for name in try Checkout.names(in: "") where !name.hasPrefix(".") {
            #expect(agreed.contains(name), "\(name) at the top level")
        }
    }

    @Test(arguments: [
        "Tests/run", "Tests/setup", "Tests/fuzz", ".ci/run", "Nodes/setup", "Nodes/demo",
    ])
    func hasItsScripts(_ path: String) {
        #expect(Checkout.isExecutable(path))
    }

    @Test func marksScriptsExecutable() throws {
        let files = Checkout.files(under: "Nodes") + Checkout.files(under: "Tests") + [".ci/run"]
        for file in files {
            if try Checkout.bytes(of: file).starts(with: "#!".utf8) {
                #expect(Checkout.isExecutable(file), "\(file)")
            }
        }
    }

    @Test func leavesNoEmptyFile() throws {
        for file in Checkout.files(under: "Protocol") + Checkout.files(under: "Nodes") {
            #expect(try !Checkout.bytes(of: file).isEmpty, "\(file)")
        }
    }
}
