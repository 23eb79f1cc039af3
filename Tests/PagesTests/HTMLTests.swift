import Testing

@testable import Pages

@Suite struct HTMLTests {
    @Test func escapesTexts() {
        let text = HTML("<script>alert('a' & \"b\")</script>")
        #expect(
            text.source
                == "&lt;script&gt;alert(&#39;a&#39; &amp; &quot;b&quot;)&lt;/script&gt;")
    }

    @Test func escapesValuesOfAttributes() {
        let element = HTML("a", ["href": "\"><script>"], ["x"])
        #expect(element.source == "<a href=\"&quot;&gt;&lt;script&gt;\">x</a>")
    }

    @Test func leavesOutAttributesWithoutValue() {
        #expect(
            HTML("option", ["selected": nil, "value": "a"], ["A"]).source
                == "<option value=\"a\">A</option>")
        #expect(HTML("script", ["defer": ""]).source == "<script defer></script>")
    }

    @Test func replacesCharactersThatPagesMayNotHold() {
        #expect(HTML("a\u{0}b\u{1B}c\nd").source == "a\u{FFFD}b\u{FFFD}c\nd")
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "//elsewhere", " https://a b"])
    func linksNoAddressThatIsNoneOfTheWeb(_ address: String) {
        #expect(!HTML.outside(address).source.contains("href"))
    }

    @Test func linksAddressesOfTheWeb() {
        #expect(
            HTML.outside("https://example.org/a?b=c&d").source.contains(
                "href=\"https://example.org/a?b=c&amp;d\" rel=\"noreferrer\""))
    }
}
