import Encoding
import TestSupport
import Testing

@Suite struct Base45Tests {
    @Test(arguments: [
        ("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"),
        ("ietf!", "QED8WEX0"),
        ("", ""),
    ])
    func agreesWithTheExamplesOfTheRFC(_ plain: String, _ text: String) {
        #expect(Base45.encode(plain.utf8) == text)
        #expect(Base45.decode(utf8: text.utf8) == Array(plain.utf8))
    }

    @Test func readsWhatItWrites() {
        var generator = SeededGenerator(seed: 45)
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            #expect(Base45.decode(utf8: Base45.encode(bytes).utf8) == bytes)
        }
    }

    /// Every text of two letters, and those of three at the edge: accepted exactly when writing
    /// it gives it back.
    @Test func readsOneSpellingOfEachValue() {
        let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
        var accepted = 0
        for first in letters {
            for second in letters {
                let text = "\(first)\(second)"
                guard let bytes = Base45.decode(utf8: text.utf8) else { continue }
                accepted += 1
                #expect(Base45.encode(bytes) == text)
            }
        }
        #expect(accepted == 256)
        #expect(Base45.decode(utf8: "FGW".utf8) == [0xFF, 0xFF])
        #expect(Base45.decode(utf8: "GGW".utf8) == nil, "65,536")
        #expect(Base45.decode(utf8: ":::".utf8) == nil)
    }

    @Test(arguments: ["0", "BB80", "bb8", "BB_", "BB8\n", "Bß", "BB8BB8=="])
    func refusesWhatIsNoBase45(_ text: String) {
        #expect(Base45.decode(utf8: text.utf8) == nil)
    }
}
