package catalog

// The functions that end the process or the goroutine. x/tools' ctrlflow finds more of
// them, at the price of analyzing every dependency under modular drivers.

var _ = register(&Library{
	Path:    "std",
	Version: "go1.26.8",
	Exits: []string{
		"os.Exit", "runtime.Goexit", "syscall.Exit",
		"log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln",
		"log.Logger.Fatal", "log.Logger.Fatalf", "log.Logger.Fatalln",
		"log.Logger.Panic", "log.Logger.Panicf", "log.Logger.Panicln",
	},
})

var _ = register(&Library{
	Path:    "go.uber.org/zap",
	Version: "v1.27.0",
	Exits: []string{
		"go.uber.org/zap.Logger.Fatal", "go.uber.org/zap.Logger.Panic",
		"go.uber.org/zap.SugaredLogger.Fatal", "go.uber.org/zap.SugaredLogger.Fatalf",
		"go.uber.org/zap.SugaredLogger.Fatalw", "go.uber.org/zap.SugaredLogger.Fatalln",
		"go.uber.org/zap.SugaredLogger.Panic", "go.uber.org/zap.SugaredLogger.Panicf",
		"go.uber.org/zap.SugaredLogger.Panicw", "go.uber.org/zap.SugaredLogger.Panicln",
	},
})

var _ = register(&Library{
	Path:    "github.com/sirupsen/logrus",
	Version: "v1.9.3",
	Exits: []string{
		"github.com/sirupsen/logrus.Fatal", "github.com/sirupsen/logrus.Fatalf", "github.com/sirupsen/logrus.Fatalln",
		"github.com/sirupsen/logrus.Panic", "github.com/sirupsen/logrus.Panicf", "github.com/sirupsen/logrus.Panicln",
		"github.com/sirupsen/logrus.Logger.Fatal", "github.com/sirupsen/logrus.Logger.Fatalf", "github.com/sirupsen/logrus.Logger.Fatalln",
		"github.com/sirupsen/logrus.Logger.Panic", "github.com/sirupsen/logrus.Logger.Panicf", "github.com/sirupsen/logrus.Logger.Panicln",
		"github.com/sirupsen/logrus.Entry.Fatal", "github.com/sirupsen/logrus.Entry.Fatalf", "github.com/sirupsen/logrus.Entry.Fatalln",
		"github.com/sirupsen/logrus.Entry.Panic", "github.com/sirupsen/logrus.Entry.Panicf", "github.com/sirupsen/logrus.Entry.Panicln",
		"github.com/sirupsen/logrus.Exit",
	},
})

var _ = register(&Library{
	Path:    "k8s.io/klog",
	Version: "v2.130.1",
	Exits: []string{
		"k8s.io/klog.Fatal", "k8s.io/klog.Fatalf", "k8s.io/klog.Fatalln", "k8s.io/klog.FatalDepth",
		"k8s.io/klog.Exit", "k8s.io/klog.Exitf", "k8s.io/klog.Exitln", "k8s.io/klog.FlushAndExit",
	},
})

var _ = register(&Library{
	Path:    "github.com/golang/glog",
	Version: "v1.2.5",
	Exits: []string{
		"github.com/golang/glog.Fatal", "github.com/golang/glog.Fatalf", "github.com/golang/glog.Fatalln",
		"github.com/golang/glog.Exit", "github.com/golang/glog.Exitf", "github.com/golang/glog.Exitln",
	},
})
