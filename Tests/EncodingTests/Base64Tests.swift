import Encoding
import TestSupport
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func agreesWithTheExamplesOfTheRFC(_ plain: String, _ text: String) {
        let unpadded = text.filter { $0 != "=" }
        #expect(Base64.standard.encode(Array(plain.utf8)) == text)
        #expect(Base64.standard.decode(text) == Array(plain.utf8))
        #expect(Base64.url.encode(Array(plain.utf8)) == unpadded)
        #expect(Base64.url.decode(unpadded) == Array(plain.utf8))
    }

    @Test(arguments: [Base64.standard, .url])
    func readsWhatItWrites(_ form: Base64) {
        var generator = SeededGenerator(seed: 1)
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let text = form.encode(bytes)
            #expect(form.decode(text) == bytes)
            #expect(form.decode(utf8: Array(text.utf8)) == bytes)
            #expect(form.encode(AnyCollection(bytes)) == text)
            #expect(form.decode(utf8: AnyCollection(Array(text.utf8))) == bytes)
            #expect(form.decode("<\(text)>".dropFirst().dropLast()) == bytes)
        }
    }

    @Test(arguments: [Base64.standard, .url])
    func readsOneSpellingOfEachValue(_ form: Base64) {
        // Every text of two or three digits: accepted exactly when writing it gives it back.
        let letters = (0..<64).map { value in
            let digit = form.encode([UInt8(value) << 2])
            return String(digit.prefix(1))
        }
        for first in letters {
            for second in letters {
                check("\(first)\(second)" + (form == .standard ? "==" : ""), as: form)
            }
        }
        for first in letters.prefix(4) {
            for second in letters {
                for third in letters {
                    check("\(first)\(second)\(third)" + (form == .standard ? "=" : ""), as: form)
                }
            }
        }
    }

    private func check(_ text: String, as form: Base64) {
        guard let bytes = form.decode(text) else { return }
        if form.encode(bytes) != text { Issue.record("two spellings: \(text)") }
    }

    @Test func refusesStrayBits() {
        #expect(Base64.standard.decode("Zh==") == nil)
        #expect(Base64.standard.decode("Zm9=") == nil)
        #expect(Base64.url.decode("Zh") == nil)
        #expect(Base64.url.decode("Zm9") == nil)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Zg====", "Z===", "====", "=", "==", "Zm8==", "Zm9v=", "Zm9v====",
        "Zg==Zg==", "Z=g=", "=Zg=", " Zg==", "Zg== ", "Zg==\n", "Zm\n9v", "Zm9v\r\n", "Zm 9v",
        "Zm-_",
        "Zm9é", "Zg=\u{3D0}",
    ])
    func refusesInStandardForm(_ text: String) {
        #expect(Base64.standard.decode(text) == nil)
    }

    @Test(arguments: [
        "Zg==", "Zg=", "Zm8=", "Z", "Zm9vZ", " Zg", "Zg ", "Zg\n", "Zm\t9v", "Zm+/", "Zm9\0", "Zmé",
    ])
    func refusesInURLForm(_ text: String) {
        #expect(Base64.url.decode(text) == nil)
    }

    @Test(arguments: [Base64.standard, .url])
    func refusesEveryForeignByteAtEveryPlace(_ form: Base64) {
        let text = Array("Zm9vYmFyYmF6".utf8)
        let alphabet = Set((0..<64).map { Array(form.encode([UInt8($0) << 2]).utf8)[0] })
        for place in text.indices {
            for byte in UInt8.min ... .max {
                var changed = text
                changed[place] = byte
                let isRead = form.decode(utf8: changed) != nil
                if isRead != alphabet.contains(byte) {
                    Issue.record("byte \(byte) at \(place): read \(isRead)")
                }
            }
        }
    }
}
