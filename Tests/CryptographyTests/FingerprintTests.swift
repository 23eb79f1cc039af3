import Cryptography
import Testing

@Suite struct FingerprintTests {
    private let fingerprint = Fingerprint(of: Array("abc".utf8))

    @Test func showsTheFirst120BitsInSixGroups() {
        // SHA-256 of "abc" begins ba7816bf 8f01cfea 414140de 5dae22.
        #expect(fingerprint.description == "Q9W1-DFWF-077Y-MGA1-83F5-VBH2")
        #expect(fingerprint.letters == "Q9W1DFWF077YMGA183F5VBH2")
    }

    @Test(arguments: [
        "Q9W1-DFWF-077Y-MGA1-83F5-VBH2", "Q9W1DFWF077YMGA183F5VBH2",
        "q9w1 dfwf 077y mga1 83f5 vbh2", "q9wI-dfwf-O77y-mgal-83f5-vbh2",
        "Q9Wi-DFWF-o77Y-MGAL-83F5-VBH2",
    ])
    func readsWhatPeopleWrite(_ text: String) {
        #expect(Fingerprint(parsing: text) == fingerprint)
    }

    @Test(arguments: [
        "", "Q9W1-DFWF-077Y-MGA1-83F5-VBH", "Q9W1-DFWF-077Y-MGA1-83F5-VBH22",
        "U9W1-DFWF-077Y-MGA1-83F5-VBH2", "Q9W1_DFWF_077Y_MGA1_83F5_VBH2",
        "Q9W1-DFWF-077Y-MGA1-83F5-VBH\u{17F}", "Q9W1-DFWF-077Y-MGA1-83F5-VB\u{212A}2",
        "ı9W1-DFWF-077Y-MGA1-83F5-VBH2",
    ])
    func refuses(_ text: String) {
        #expect(Fingerprint(parsing: text) == nil)
    }

    @Test func changesWithEveryLetter() {
        for place in fingerprint.letters.indices {
            var letters = fingerprint.letters
            letters.replaceSubrange(place...place, with: letters[place] == "Z" ? "Y" : "Z")
            #expect(Fingerprint(parsing: letters) != fingerprint)
        }
    }
}
