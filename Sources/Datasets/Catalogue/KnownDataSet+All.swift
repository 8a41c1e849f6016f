extension KnownDataSet {
  private static let torchvision = "torchvision (pytorch/vision, torchvision/datasets)"
  private static let tonic = "Tonic 1.7.0 (tonic/datasets)"

  static let digits = KnownDataSet(
    name: "digits", contents: "handwritten digits, 8x8 grey, 10 classes, 1,797 samples",
    origin: "nowhere: it is part of Lockstep", licence: "CC BY 4.0", files: [],
    checksumSource: "", layout: "nothing needs to be done")

  static let fashionMNIST = KnownDataSet(
    name: "fashion-mnist",
    contents: "articles of clothing, 28x28 grey, 10 classes, 60,000 + 10,000 samples",
    origin: "https://github.com/zalandoresearch/fashion-mnist, or from Debian with"
      + " 'sudo apt-get install dataset-fashion-mnist'",
    licence: "MIT",
    // The first sum is that of the original, the second that of Debian's package, which compressed
    // the same content anew (version 0.0~git20200523.55506a9-1).
    files: [
      File(
        "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
        "cf8536b0aa1a6ac5fa3f23001093305c"),
      File(
        "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe",
        "10bea18fdb374794d4bb42e356e600c9"),
      File(
        "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79",
        "f78720b4224f21cce2f2ccf2d7a94c9a"),
      File(
        "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310",
        "0d30e22e447f3c33dab9ed536400ac01"),
    ], checksumSource: torchvision, layout: "the four files lie in FOLDER")

  static let mnist = KnownDataSet(
    name: "mnist", contents: "handwritten digits, 28x28 grey, 10 classes, 60,000 + 10,000 samples",
    origin: "https://ossci-datasets.s3.amazonaws.com/mnist/",
    licence: "not stated by its publishers (LeCun, Cortes, Burges)",
    files: [
      File("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
      File("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
      File("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
      File("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
    ], checksumSource: torchvision, layout: "the four files lie in FOLDER")

  static let svhn = KnownDataSet(
    name: "svhn", contents: "house numbers, 32x32 RGB, 10 classes, 73,257 + 26,032 samples",
    origin: "http://ufldl.stanford.edu/housenumbers/", licence: "for non-commercial use only",
    files: [
      File("train_32x32.mat", "e26dedcc434d2e4c54c9b2d4a06d8373"),
      File("test_32x32.mat", "eb5a983be6a315427106f1b164d9cef3"),
    ], checksumSource: torchvision, layout: "both files lie in FOLDER")

  static let cifar10 = KnownDataSet(
    name: "cifar-10", contents: "photographs, 32x32 RGB, 10 classes, 50,000 + 10,000 samples",
    origin: "https://www.cs.toronto.edu/~kriz/cifar.html",
    licence: "not stated by its publisher (Krizhevsky)",
    files: [File("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530")],
    checksumSource: "the page of its origin",
    layout: "FOLDER is the unpacked cifar-10-batches-bin, with data_batch_1.bin to"
      + " data_batch_5.bin and test_batch.bin")

  static let nMNIST = KnownDataSet(
    name: "n-mnist",
    contents: "MNIST before an event sensor, 2x34x34, 10 classes, 60,000 + 10,000 recordings",
    origin: "https://www.garrickorchard.com/datasets/n-mnist (files:"
      + " https://data.mendeley.com/datasets/468j46mzdv)", licence: "CC BY-SA 4.0",
    files: [
      File("train.zip", "20959b8e626244a1b502305a9e6e2031"),
      File("test.zip", "69ca8762b2fe404d9b9bad1103e97832"),
    ], checksumSource: tonic,
    layout: "FOLDER has the unpacked Train and Test, each with the folders 0 to 9 of .bin files")

  static let dvsGesture = KnownDataSet(
    name: "dvs-gesture",
    contents: "hand gestures before an event sensor, 2x128x128, 11 classes, 122 files of trials",
    origin: "https://research.ibm.com/interactive/dvsgesture/ (DvsGesture.tar.gz)",
    licence: "CC BY 4.0", files: [File("DvsGesture.tar.gz")], checksumSource: "",
    layout: "FOLDER has trials_to_train.txt, trials_to_test.txt, and for every file that they name"
      + " NAME.aedat and NAME_labels.csv")

  static let dvsGestureTonic = KnownDataSet(
    name: "dvs-gesture-tonic", contents: "DVS128 Gesture as Tonic distributes it, one .npy a trial",
    origin: "https://figshare.com/ndownloader/files/38022171 and .../38020584",
    licence: "CC BY 4.0",
    files: [
      File("ibmGestureTrain.tar.gz", "3a8f0d4120a166bac7591f77409cb105"),
      File("ibmGestureTest.tar.gz", "56070e45dadaa85fff82e0fbfbc06de5"),
    ], checksumSource: tonic,
    layout: "FOLDER has the unpacked ibmGestureTrain and ibmGestureTest")

  static let cifar10DVS = KnownDataSet(
    name: "cifar10-dvs",
    contents: "CIFAR-10 before an event sensor, 2x128x128, 10 classes, 10,000 recordings, no test"
      + " part",
    origin: "https://figshare.com/articles/dataset/CIFAR10-DVS_New/4724671", licence: "CC BY 4.0",
    files: [File("ten archives, airplane.zip to truck.zip")], checksumSource: "",
    layout: "FOLDER has the unpacked folders airplane to truck of .aedat files")

  static let cifar10DVSTonic = KnownDataSet(
    name: "cifar10-dvs-tonic", contents: "CIFAR10-DVS as Tonic distributes it, in AEDAT 4",
    origin: "https://figshare.com/ndownloader/files/38023437", licence: "CC BY 4.0",
    files: [File("CIFAR10DVS.zip", "ce3a4a0682dc0943703bd8f749a7701c")], checksumSource: tonic,
    layout: "FOLDER has the unpacked folders airplane to truck of .aedat4 files")
}
