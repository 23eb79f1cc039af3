import TestSupport
import Testing

/// Specifications and code name each other; these tests hold both ends.
@Suite struct SpecificationTests {
    private static func written() throws -> [String] {
        Checkout.files(under: "Protocol", endingWith: ".md")
            .map { String($0.dropFirst("Protocol/".count)) }
            .filter { !$0.contains("/") && $0 != "README.md" }
    }

    @Test func indexesEverySpecification() throws {
        let rows = try SpecificationIndex().rows
        #expect(Set(rows.map(\.file)).count == rows.count, "each specification has one row")
        for file in try Self.written() {
            let row = rows.first { $0.file == file }
            #expect(row?.version != nil, "Protocol/README.md has a row with a version for \(file)")
        }
        for row in rows where row.version != nil {
            #expect(Checkout.exists("Protocol/\(row.file)"), "\(row.file) is indexed")
        }
    }

    @Test func statesTheVersionOfTheIndex() throws {
        for row in try SpecificationIndex().rows where row.version != nil {
            let specification = try Specification(file: row.file)
            #expect(specification.version == row.version, "the version in \(row.file)")
            #expect(specification.lastChange == row.version, "the last change in \(row.file)")
        }
    }

    @Test func namesFilesThatExist() throws {
        for row in try SpecificationIndex().rows where row.version != nil {
            #expect(!row.paths.isEmpty, "\(row.file) names its code")
            for path in row.paths {
                #expect(Checkout.exists(path), "\(row.file) names \(path)")
            }
        }
    }

    /// The vectors of other people that the tests run, and those that the table names.
    @Test func namesTheOutsideVectorsThatAreRun() throws {
        let named = try SpecificationIndex().rows.flatMap(\.outsideTopics)
        #expect(Set(named).count == named.count, "each topic stands in one row")
        var code = ""
        for file in Checkout.files(under: "Tests", endingWith: ".swift")
        where !file.hasPrefix("Tests/RepositoryTests/") {
            code += try Checkout.text(of: file)
        }
        for topic in named { #expect(code.contains("\"\(topic)\""), "a test runs \(topic)") }
        let run = Set(
            code.matches(of: /ConformanceVectors\.has\("([a-z0-9-]+)"\)/).map { String($0.1) })
        #expect(run.count > 5, "the suites are found")
        #expect(run.subtracting(named).sorted() == [], "Protocol/README.md names each topic")
    }

    /// Vectors that are at hand and that nobody runs would look as if they had been.
    @Test(.enabled(if: ConformanceVectors.has(""), "no vectors"))
    func namesEveryTopicOfTheOutsideVectors() throws {
        let named = try SpecificationIndex().rows.flatMap(\.outsideTopics)
        let topics = try ConformanceVectors.topics()
        #expect(topics.count > 5)
        #expect(
            topics.filter { !named.contains($0) } == [],
            "a suite runs each topic, and Protocol/README.md names it")
    }

    @Test func citesSectionsThatExist() throws {
        let rows = try SpecificationIndex().rows
        let files =
            Checkout.files(under: "Sources", endingWith: ".swift")
            + Checkout.files(under: "Tests", endingWith: ".swift")
        var citations = 0
        for file in files where !file.hasPrefix("Tests/RepositoryTests/") {
            // A citation may run over the end of a comment's line.
            let code = try Checkout.text(of: file)
            guard code.contains("Protocol/") else { continue }
            let text = code.replacing(/\n *\/\/\/? */, with: " ")
            for match in text.matches(of: /Protocol\/([a-z-]+\.md)(?: § ([^`.,;:()\n]+))?/) {
                citations += 1
                let cited = String(match.1)
                let row = rows.first { $0.file == cited }
                #expect(row != nil, "\(file) cites \(cited), which the index does not know")
                guard row?.version != nil, let section = match.2 else { continue }
                let headings = try Specification(file: cited).headings
                #expect(
                    headings.contains(String(section.trimmed)),
                    "\(file) cites Protocol/\(cited) § \(section.trimmed)")
            }
        }
        #expect(citations > 20, "the citations are found")
    }
}
