import Cryptography
import Encoding
import Language
import Testing

@testable import Pages

@Suite struct NetworkPageTests {
    static let now = Timestamp(seconds: 1_800_000_000)

    static func log(
        _ country: String, size: UInt64 = 40, standing: LogHealth.Standing = .sound,
        age: Int64? = 60, forks: [HashValue] = []
    ) -> LogHealth {
        LogHealth(
            country: country, origin: "sample.example/\(country)/1",
            originHash: HashValue(of: country.utf8), isOwn: country == "DE", size: size,
            standing: standing, quorumTime: age.map { now + -$0 },
            signers: ["sample.example/\(country)/1"], forks: forks)
    }

    @Test func tellsTheStates() {
        #expect(Self.log("DE").state(at: Self.now) == .sound)
        #expect(Self.log("DE", age: 86_401).state(at: Self.now) == .old)
        #expect(Self.log("DE", age: nil).state(at: Self.now) == .ageless)
        #expect(Self.log("DE", size: 0).state(at: Self.now) == .unread)
        #expect(
            Self.log("DE", standing: .frozen(commonSize: 7)).state(at: Self.now) == .frozen)
        #expect(
            Self.log("DE", standing: .misused(goodSize: 7)).state(at: Self.now) == .misused)
    }

    @Test func onlyWhatIsSoundAndFreshIsGreen() {
        for state in LogHealth.State.allCases {
            #expect((state.tone == "good") == (state == .sound))
        }
    }

    @Test(arguments: LanguageTag.known)
    func saysEachStateInWordsToo(_ tag: LanguageTag) throws {
        let context = try PageFrameTests.context(tag.language)
        let logs = [
            Self.log("DE"), Self.log("PH", age: 90_000), Self.log("NZ", age: nil),
            Self.log("KE", standing: .frozen(commonSize: 31), forks: [HashValue(of: [1])]),
        ]
        let page = Page.network(logs, forks: [HashValue(of: [1])], in: context)
        let html = page.main.map(\.source).joined()
        for log in logs {
            let words = HTML(context.text(log.message(at: Self.now))).source
            // Once in the drawing, once in the table.
            #expect(html.ranges(of: words).count >= 2)
        }
        #expect(html.contains("/split-views/\(HashValue(of: [1]))"))
    }

    @Test func givesProgramsTheSame() throws {
        let page = Page.network(
            [Self.log("KE", standing: .frozen(commonSize: 31))], forks: [],
            in: try PageFrameTests.context("en"))
        let log = page.document.object?["logs"]?.array?.first?.object
        #expect(log?["state"]?.string == "frozen")
        #expect(log?["believedSize"]?.integer == 31)
        #expect(log?["age"]?.integer == 60)
    }
}
