import Testing

@testable import Site

@Suite struct PercentEncodingTests {
    @Test(arguments: [
        ("a%20b", "a b"), ("a+b", "a+b"), ("%D8%AD%D8%B1", "حر"), ("", ""), ("%2F%2f", "//"),
    ])
    func decodes(_ text: String, _ plain: String) {
        #expect(PercentEncoding.decoded(text) == plain)
    }

    @Test(arguments: ["%", "%4", "%zz", "%FF", "%C3"])
    func refusesWhatLeadsNowhere(_ text: String) {
        #expect(PercentEncoding.decoded(text) == nil)
    }

    @Test func readsPairs() {
        let pairs = PercentEncoding.pairs("q=a+b%26&lang=de&x&=y&bad=%zz")
        #expect(pairs.map(\.name) == ["q", "lang", "x", ""])
        #expect(pairs.map(\.value) == ["a b&", "de", "", "y"])
    }

    @Test func readsNoMoreThanItMust() {
        let text = String(repeating: "a=b&", count: 1_000)
        #expect(PercentEncoding.pairs(text).count == 32)
    }
}
