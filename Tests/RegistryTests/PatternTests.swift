import Registry
import TestSupport
import Testing

@Suite struct PatternTests {
    /// The definition, read literally: slow, and exact.
    static func matches(_ pattern: Substring.UTF8View, _ name: Substring.UTF8View) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        let rest = Substring(pattern).utf8.dropFirst()
        if first == 0x2A {
            return (0...name.count).contains { matches(rest, name.dropFirst($0)) }
        }
        return name.first == first && matches(rest, name.dropFirst())
    }

    @Test func agreesWithTheDefinition() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            func text(_ letters: [Character], _ limit: Int) -> String {
                let count = Int.random(in: 0...limit, using: &generator)
                return String(
                    (0..<count).compactMap { _ in letters.randomElement(using: &generator) })
            }
            let pattern = text(["a", "b", "*"], 6)
            let name = text(["a", "b", "*"], 7)
            let expected = PatternTests.matches(pattern[...].utf8, name[...].utf8)
            #expect(Pattern(pattern).matches(name) == expected, "\(pattern) \(name)")
        }
    }

    @Test(arguments: [
        ("q.ph.*", "q.ph.smaw-nc2", true), ("q.ph.*", "q.ph.", true), ("q.ph.*", "q.phx", false),
        ("*", "", true), ("", "", true), ("", "a", false), ("isco:7*", "isco:*", false),
    ])
    func matchesAsWritten(_ pattern: String, _ name: String, _ expected: Bool) {
        #expect(Pattern(pattern).matches(name) == expected)
    }

    @Test func staysQuickOnManyStars() {
        let pattern = Pattern(String(repeating: "a*", count: 20_000) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 200)))
    }
}
