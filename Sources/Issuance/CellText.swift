/// The text of a cell as it counts: white space at its ends is gone, any within is one space.
enum CellText {
    static func spaced(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isSpace = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                isSpace = !result.isEmpty
            } else {
                if isSpace { result.append(" ") }
                isSpace = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Why a text may not stand in a certificate; nil if it may.
    static func fault(in text: String) -> RowFault.Reason? {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0: return .controlCharacter
            // Marks that turn the direction of writing can make a name read as another.
            case 0x202A...0x202E, 0x2066...0x2069: return .controlCharacter
            // What a program writes where it lost a character.
            case 0xFFFD: return .lostCharacter
            default: break
            }
        }
        return isFormula(text) ? .formula : nil
    }

    /// Whether a spreadsheet would run it: certificates and lists go back into spreadsheets.
    ///
    /// A number with a sign, such as a telephone number, is none.
    static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "@"): return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let harmless = Set("0123456789 .,/()-+".utf8)
            return !text.utf8.allSatisfy(harmless.contains)
        default: return false
        }
    }
}
