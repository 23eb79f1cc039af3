internal import CZbar

/// Finds the QR codes in a picture (zbar), at several sizes of it, and sharpened.
///
/// What a code says is handed over as text and never acted upon: no address in it is opened.
public enum CodeFinder {
    /// The texts of all codes at the first size at which there are any, each once.
    public static func texts(in picture: GreyPicture) -> [String] {
        var sizes = [picture]
        for _ in 0..<2 where sizes[sizes.count - 1].width > 800 {
            sizes.append(sizes[sizes.count - 1].halved)
        }
        if picture.width * picture.height < 4_000_000 { sizes.append(picture.doubled) }
        for size in sizes {
            let found = scanned(size)
            if !found.isEmpty { return found }
        }
        // Only then the dearer way, for what was out of focus.
        for size in sizes.prefix(2) {
            let found = scanned(UnsharpMask().applied(to: size))
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func scanned(_ picture: GreyPicture) -> [String] {
        let scanner = zbar_image_scanner_create()
        defer { zbar_image_scanner_destroy(scanner) }
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1)
        let image = zbar_image_create()
        defer { zbar_image_destroy(image) }
        let grey = "Y800".utf8.reversed().reduce(0 as UInt) { $0 << 8 | UInt($1) }
        zbar_image_set_format(image, grey)
        zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
        return picture.pixels.withUnsafeBytes { pixels in
            zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
            zbar_scan_image(scanner, image)
            var texts: [String] = []
            var symbol = zbar_image_first_symbol(image)
            while let found = symbol {
                if let data = zbar_symbol_get_data(found) {
                    let count = Int(zbar_symbol_get_data_length(found))
                    let text = UnsafeRawBufferPointer(start: data, count: count)
                    texts.append(String(decoding: text, as: UTF8.self))
                }
                symbol = zbar_symbol_next(found)
            }
            var seen: Set<String> = []
            return texts.filter { seen.insert($0).inserted }
        }
    }
}
