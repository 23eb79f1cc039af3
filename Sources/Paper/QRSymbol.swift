internal import CQrencode

/// The modules of a QR code (ISO/IEC 18004), dark or light.
struct QRSymbol {
    /// Modules along a side, without the quiet zone.
    let width: Int
    private let dark: [Bool]

    /// The largest symbol whose modules are still 0.42 mm wide at 45 mm.
    static let widthLimit = 105

    /// The largest symbol there is.
    static let greatestWidth = 177

    /// The code with the strongest error correction that keeps to a width.
    init(_ text: String, widthLimit: Int = QRSymbol.widthLimit) throws(PaperError) {
        for level in [QR_ECLEVEL_H, QR_ECLEVEL_Q, QR_ECLEVEL_M, QR_ECLEVEL_L] {
            guard let code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else { continue }
            defer { QRcode_free(code) }
            let width = Int(code.pointee.width)
            guard width <= widthLimit, let data = code.pointee.data else { continue }
            self.width = width
            dark = (0..<(width * width)).map { data[$0] & 1 == 1 }
            return
        }
        throw .codeTooLong(characters: text.utf8.count)
    }

    func isDark(_ column: Int, _ row: Int) -> Bool { dark[row * width + column] }

    /// The dark stretches of a row: first column and length.
    func stretches(of row: Int) -> [(column: Int, length: Int)] {
        var found: [(column: Int, length: Int)] = []
        var start: Int?
        for column in 0...width {
            let isDark = column < width && self.isDark(column, row)
            if isDark, start == nil { start = column }
            if !isDark, let first = start {
                found.append((first, column - first))
                start = nil
            }
        }
        return found
    }
}
