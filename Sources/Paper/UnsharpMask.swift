/// Takes back some of what a lens out of focus did: each pixel moves away from the mean around it.
struct UnsharpMask {
    /// In pixels: about a module of a code that is printed at 45 mm and scanned at 300 dpi.
    var radius = 4
    var strength = 3

    func applied(to picture: GreyPicture) -> GreyPicture {
        let (width, height) = (picture.width, picture.height)
        var across = [UInt8](repeating: 0, count: width * height)
        for row in 0..<height {
            means(of: picture.pixels, into: &across, from: row * width, step: 1, count: width)
        }
        var around = across
        for column in 0..<width {
            means(of: across, into: &around, from: column, step: width, count: height)
        }
        for place in around.indices {
            let grey = Int(picture.pixels[place])
            around[place] = UInt8(min(255, max(0, grey + strength * (grey - Int(around[place])))))
        }
        return GreyPicture(width: width, height: height, pixels: around)
    }

    /// The mean of the neighbours of each pixel of a line, by a sum that moves along.
    private func means(
        of pixels: [UInt8], into result: inout [UInt8], from start: Int, step: Int, count: Int
    ) {
        func pixel(_ place: Int) -> Int {
            Int(pixels[start + min(max(place, 0), count - 1) * step])
        }
        var sum = (-radius...radius).reduce(0) { $0 + pixel($1) }
        for place in 0..<count {
            result[start + place * step] = UInt8(sum / (2 * radius + 1))
            sum += pixel(place + radius + 1) - pixel(place - radius)
        }
    }
}
